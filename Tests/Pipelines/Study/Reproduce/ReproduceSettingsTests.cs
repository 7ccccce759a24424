using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ReproduceSettingsTests
{
    private static readonly ReproduceSettings Tuned = new("rows") { Tuned = true };

    private static IEnumerable<object[]> TunedIds => SeedTable.Rows.Where(Tuned.Includes).Select(row => new object[] { row.Id });

    [TestMethod]
    [DynamicData(nameof(TunedIds))]
    public void TunedSettingsTakeAtMostHalfOfTheDocumentsEpochsAndChangeNoTask(string id)
    {
        SeedRow row = SeedTable.Get(id);
        TrainingOptions document = new ReproduceSettings("rows").OptionsFor(row);
        TrainingOptions tuned = Tuned.OptionsFor(row);

        Assert.IsLessThanOrEqualTo(document.Epochs / 2, tuned.Epochs);
        Assert.IsNull(tuned.Steps);
        Assert.AreSequenceEqual(Terms(document), Terms(tuned)); // a weight may grow into its place
        Assert.AreEqual(document.Corruption?.ToString(), tuned.Corruption?.ToString());
        Assert.IsLessThan(tuned.Epochs, tuned.Objective.WarmUpEpochs);

        static IEnumerable<(string, double)> Terms(TrainingOptions options) => ((Objective)options.Objective).Terms.Select(term => (term.Name, term.Weight));
    }

    [TestMethod]
    [DynamicData(nameof(TunedIds))]
    public void FullLengthChangesNothingButTheEpochs(string id)
    {
        SeedRow row = SeedTable.Get(id);
        TrainingOptions tuned = Tuned.OptionsFor(row);
        TrainingOptions full = (Tuned with { FullLength = true }).OptionsFor(row);

        Assert.AreEqual(row.DocumentedEpochs, full.Epochs);
        Assert.AreEqual(
            tuned with { Epochs = full.Epochs, Objective = full.Objective, Corruption = full.Corruption }, // these compare by reference
            full);
    }

    [TestMethod]
    public void TheVariationalRowsFigureIsThatOfEpoch24()
    {
        Assert.AreEqual(24, SeedTable.Get("vae-2").DocumentedEpochs);
        Assert.AreEqual(50, SeedTable.Get("dense-49").DocumentedEpochs);
    }

    [TestMethod]
    [DataRow("dense-30")]
    [DataRow("linear-1000")]
    [DataRow("dense-30-sparse")]
    [DataRow("dense-30-denoise")]
    [DataRow("vae-30")]
    public void RowsOfDocument003AreTrainedAsItsTextSays(string id)
    {
        TrainingDefaults training = ModelCatalog.Get(id).Training;
        Assert.AreEqual(new TrainingDefaults(Epochs: 10, BatchSize: 64, LearningRate: 1e-3, training.Objective, training.Corruption), training);
        using EncoderNetwork network = ModelCatalog.Get(id).CreateNetwork(seed: 1);
        Assert.IsTrue(network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)).All(p => p.parameter.abs().max().item<float>() == 0));
    }

    [TestMethod]
    public void EveryWayAndSeedHasARunOfItsOwn()
    {
        ReproduceSettings[] ways =
        [
            new("rows"), new("rows") { Seed = 2 }, new("rows") { Quick = true }, Tuned, Tuned with { Seed = 2 }, Tuned with { FullLength = true },
        ];
        string[] paths = [.. ways.Select(way => way.PathOf(SeedTable.Get("dense-49")))];

        Assert.AreEqual(Path.Combine("rows", "dense-49"), paths[0]);
        Assert.AreEqual(Path.Combine("rows", "dense-49-seed2"), paths[1]);
        CollectionAssert.AllItemsAreUnique(paths);
    }
}
