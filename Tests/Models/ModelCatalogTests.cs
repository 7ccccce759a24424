using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests.Models;

[TestClass]
public sealed class ModelCatalogTests
{
    [TestMethod]
    public void IdsAreFoundInAnyCase()
    {
        foreach (Architecture architecture in ModelCatalog.All)
            Assert.AreSame(architecture, ModelCatalog.Get(architecture.Id.ToLowerInvariant()));
    }

    [TestMethod]
    public void AnUnknownIdIsAnsweredWithTheKnownOnes()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("S9.none"));
        StringAssert.Contains(exception.Message, "'S9.none'");
        StringAssert.Contains(exception.Message, "S3.denoise");
    }

    [TestMethod]
    public void ANetworkOfOnesOwnIsOneLineAway()
    {
        var own = new Architecture("mine", "me", "", "mnist", "784-3-784", new TrainingDefaults(1, 10), () => new DenseAutoencoder([784, 3], Activation.ReLU, Activation.ReLU, Activation.Linear));
        ModelCatalog catalog = ModelCatalog.BuiltIn.With(own);

        Assert.AreSame(own, catalog["MINE"]);
        Assert.AreSame(ModelCatalog.Get("S4.vae2"), catalog["S4.vae2"]);
        Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("mine"));
    }

    [TestMethod]
    public void AnIdThatIsTakenIsRefused()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => ModelCatalog.BuiltIn.With(ModelCatalog.Get("S3.dense30") with { Id = "s3.DENSE30" }));
        StringAssert.Contains(exception.Message, "'s3.DENSE30'");
    }

    [TestMethod]
    public void EveryRowsTrainingDefaultsAreUsable()
    {
        foreach (Architecture architecture in ModelCatalog.All)
        {
            TrainingOptions options = TrainingOptions.For(architecture);
            options.Validate();
            Assert.AreEqual(architecture.Training.Corruption, options.Corruption?.ToString(), architecture.Id);
            Assert.AreEqual(architecture.Kind == ArchitectureKind.Classifier, options.Objective.NeedsLabels, architecture.Id);
        }
    }

    [TestMethod]
    public void AClassifierIsNoAutoencoder()
    {
        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => ModelCatalog.Get("S0.mlp").Create(seed: 1));
        StringAssert.Contains(exception.Message, "'S0.mlp' is a classifier");
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        Architecture architecture = ModelCatalog.Get("S2.dense49");
        using Autoencoder first = architecture.Create(seed: 5);
        using Autoencoder second = architecture.Create(seed: 5);
        using Autoencoder other = architecture.Create(seed: 6);

        Assert.AreEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(second));
        Assert.AreNotEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(other));
    }
}
