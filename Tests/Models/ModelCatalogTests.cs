using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ModelCatalogTests
{
    [TestMethod]
    public void IdsAreFoundInAnyCase()
    {
        foreach (Architecture architecture in ModelCatalog.All)
        {
            Assert.AreSame(architecture, ModelCatalog.Get(architecture.Name.ToLowerInvariant()));
        }
    }

    [TestMethod]
    public void AnUnknownIdIsAnsweredWithTheKnownOnes()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("S9.none"));
        StringAssert.Contains(exception.Message, "'S9.none'");
        StringAssert.Contains(exception.Message, "dense-30-denoise");
    }

    [TestMethod]
    public void ANetworkOfOnesOwnIsOneLineAway()
    {
        // As in docs/ONNX.md.
        var mine = new Architecture("mine", "source", "description", "mnist", "784-3-784", new TrainingDefaults(Epochs: 1, BatchSize: 10), () => new MyNetwork());
        ModelCatalog catalog = ModelCatalog.BuiltIn.With(mine);

        using Autoencoder network = catalog["mine"].Create(seed: 1);
        TrainingHistory history = new AutoencoderTrainer(TrainingOptions.For(catalog["mine"])).Fit(network, new RowSet(new byte[20 * 784], [1, 28, 28]));

        Assert.IsInstanceOfType<MyNetwork>(network);
        Assert.AreEqual(2, history.Epochs.Single().Step);
        Assert.AreSame(mine, catalog["MINE"]);
        Assert.AreSame(ModelCatalog.Get("vae-2"), catalog["vae-2"]);
        Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("mine"));
    }

    [TestMethod]
    public void ANameOrAnAliasThatIsTakenIsRefused()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => ModelCatalog.BuiltIn.With(ModelCatalog.Get("dense-30") with { Name = "mine", Alias = "s3.DENSE30" }));
        StringAssert.Contains(exception.Message, "'s3.DENSE30'");
    }

    [TestMethod]
    public void EveryRowsTrainingDefaultsAreUsable()
    {
        foreach (Architecture architecture in ModelCatalog.All)
        {
            TrainingOptions options = TrainingOptions.For(architecture);
            options.Validate();
            Assert.AreEqual(architecture.Training.Corruption, options.Corruption?.ToString(), architecture.Name);
            Assert.AreEqual(architecture.Kind == ArchitectureKind.Classifier, options.Objective.NeedsLabels, architecture.Name);
        }
    }

    [TestMethod]
    [DataRow("X.simdae256", "bce-logits(10) + nt-xent(0.2)", 0.15)]
    [DataRow("X.simdae512", "bce-logits(10) + nt-xent(0.2)", 0.15)]
    [DataRow("X.convdae256", "bce-logits", 0.3)]
    [DataRow("X.convdae512", "bce-logits", 0.3)]
    public void TheEncodersForFewLabelsAreTrainedAsThoseOfThePublishedFigures(string id, string loss, double warmUp)
    {
        TrainingOptions options = TrainingOptions.For(ModelCatalog.Get(id), seed: 4);
        Assert.AreEqual((7, 256, 2e-3, 1e-4, warmUp, 4L), (options.Epochs, options.BatchSize, options.LearningRate, options.WeightDecay, options.WarmUp, options.Seed));
        Assert.AreEqual((OptimizerKind.AdamW, LearningRateSchedule.OneCycle, loss), (options.Optimizer, options.Schedule, $"{options.Objective}"));
        Assert.IsNull(options.Steps);
    }

    [TestMethod]
    public void AClassifierIsNoAutoencoder()
    {
        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => ModelCatalog.Get("mlp-100").Create(seed: 1));
        StringAssert.Contains(exception.Message, "'mlp-100' is a classifier");
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        Architecture architecture = ModelCatalog.Get("dense-49");
        using Autoencoder first = architecture.Create(seed: 5);
        using Autoencoder second = architecture.Create(seed: 5);
        using Autoencoder other = architecture.Create(seed: 6);

        Assert.AreEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(second));
        Assert.AreNotEqual(ModuleWeights.Hash(first), ModuleWeights.Hash(other));
    }

    private sealed class MyNetwork : Autoencoder
    {
        public MyNetwork()
            : this(nn.Linear(784, 3))
        {
        }

        private MyNetwork(nn.Module<Tensor, Tensor> encoder)
            : base(nameof(MyNetwork), encoder, encoder, nn.Linear(3, 784), inputSize: 784, codeSize: 3, mapSize: 3)
        {
        }
    }
}
