using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RunWeightsTests
{
    [TestMethod]
    public void ANetworkOfOnesOwnComesBackThroughItsCatalogue()
    {
        using var folder = new TemporaryFolder();
        var own = new Architecture("mine", "me", "", "tiny", "16-12-3-12-16", new TrainingDefaults(1, 10), () => TinyData.Autoencoder());
        using Autoencoder model = own.Create(seed: 7);
        Write(folder["run"], own, model);

        using Autoencoder loaded = RunWeights.Load(folder["run"], ModelCatalog.BuiltIn.With(own));
        Assert.AreEqual(ModuleWeights.Hash(model), ModuleWeights.Hash(loaded));
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => RunWeights.Load(folder["run"]));
        StringAssert.Contains(exception.Message, "Unknown architecture 'mine'");
    }

    private static void Write(string path, Architecture architecture, Autoencoder model)
    {
        using RunFolder run = RunFolder.Create(path);
        model.save(run.PathOf(RunFolder.WeightsFile));
        run.Commit(new RunRecord
        {
            Model = RunModel.Describe(architecture, model),
            Data = RunData.Describe("tiny", TinyData.Bars(4), TinyData.Bars(4, seed: 2)),
            Training = TrainingOptions.For(architecture),
        });
    }
}
