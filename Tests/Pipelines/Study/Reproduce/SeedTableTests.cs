using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class SeedTableTests
{
    [TestMethod]
    public void RowsAreTheDocumentsNetworksOfTheCatalogue() => CollectionAssert.AreEqual(
        ModelCatalog.All.Where(architecture => architecture.Alias!.StartsWith('S')).Select(architecture => architecture.Name).ToArray(),
        SeedTable.Rows.Select(row => row.Id).ToArray());

    [TestMethod]
    [DataRow("dense-49", 0.0777)]
    [DataRow("deep-49", 0.0720)]
    [DataRow("conv-49", 0.0693)]
    public void DocumentedValidationLossIsTheAim(string id, double loss)
    {
        Assert.IsTrue(Result(id, Run(train: 1, validation: loss + 0.00004)).Passed); // rounds to the printed figure
        Assert.IsFalse(Result(id, Run(train: 0, validation: loss + 0.00006)).Passed);
    }

    [TestMethod]
    public void LossAfterTheDocumentedEpochComesTooLate()
    {
        double[] late = [.. Enumerable.Repeat(146.0, 24), 140.0];
        double[] intime = [.. Enumerable.Repeat(146.0, 23), 145.78, 150.0];
        Assert.IsFalse(Result("vae-2", Run(late)).Passed);
        Assert.IsTrue(Result("vae-2", Run(intime)).Passed);
    }

    [TestMethod]
    public void LossThatLeavesOutADivergenceCountsForNothing()
    {
        RunRecord warm = Run([140.0, 140.0, 140.0, 145.0]);
        RunRecord growing = warm with { Training = warm.Training with { Objective = ObjectiveNotation.Parse("bce(784) + kl(1, 2.5)") } };
        RunRecord tooShort = growing with { History = growing.History! with { Epochs = [.. growing.History.Epochs.Take(3)] } };
        Assert.AreEqual(140, Result("vae-2", warm).Ours);
        Assert.AreEqual(145, Result("vae-2", growing).Ours);
        Assert.IsNull(Result("vae-2", tooShort).Ours);
    }

    [TestMethod]
    [DataRow(0.05, 0.0505, true)]
    [DataRow(0.05, 0.0506, false)]
    public void LinearNetworkMayExceedThePrincipalComponentsByOnePercent(double pca, double ours, bool passed) =>
        Assert.AreEqual(passed, Result("linear-2", Run(train: 1, validation: 1) with
        {
            Metrics = new Dictionary<string, double> { [SeedTable.TrainMse] = ours, [SeedTable.PcaMse] = pca },
        }).Passed);

    [TestMethod]
    public void TrivialNetworkIsMeasuredAgainstTheCompressingOne()
    {
        RunRecord trivial = Run(train: 1, validation: 0.0009) with { Metrics = new Dictionary<string, double> { [SeedTable.Accuracy] = 0.7 } };
        RunRecord dense = Run(train: 1, validation: 0.01) with { Metrics = new Dictionary<string, double> { [SeedTable.Accuracy] = 0.69 } };
        SeedRow row = SeedTable.Rows.Single(row => row.Id == "linear-1000");

        Assert.AreSequenceEqual(new bool?[] { true, false }, RowResult.Of(row, trivial, _ => dense).Select(result => result.Passed));
        Assert.AreSequenceEqual(new bool?[] { null, null }, RowResult.Of(row, trivial, _ => null).Select(result => result.Passed));
    }

    private static RowResult Result(string id, RunRecord run) =>
        RowResult.Of(SeedTable.Rows.Single(row => row.Id == id), run, _ => null).First();

    private static RunRecord Run(double train, double validation) => Run([new EpochResult(1, train, validation, 1, 1)]);

    private static RunRecord Run(double[] trainLosses) => Run([.. trainLosses.Select((loss, i) => new EpochResult(i + 1, loss, loss, 1, 1))]);

    private static RunRecord Run(EpochResult[] epochs) => new()
    {
        Model = new RunModel("any", "2-1-2", 2, 1, 7, "hash"),
        Data = new RunData("any", 1, 1, "hash", "hash"),
        Training = new TrainingOptions(),
        History = new TrainingHistory(epochs, 1),
    };
}
