using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class StoppingTests
{
    private static readonly RowSet Train = TinyData.Bars(64);
    private static readonly RowSet Validation = TinyData.Bars(30, seed: 2);
    private static readonly TrainingOptions Options = new() { Epochs = 30, BatchSize = 16, LearningRate = 0.01 };

    [TestMethod]
    public void EarlyStoppingCountsEpochsWithoutABetterLossAndSaysSo()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options with { LearningRate = 1e-9 })
            .Fit(model, Train, Validation, [new EarlyStopping(patience: 3, minimumImprovement: 0.01)]);

        Assert.HasCount(4, history.Epochs);
        StringAssert.Contains(history.StopReason, "of epoch 1 in the 3 epochs after it");
    }

    [TestMethod]
    public void ALossThatFallsByLessThanTheImprovementAskedForIsNoBetterOne()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options).Fit(model, Train, Validation, [new EarlyStopping(patience: 3, minimumImprovement: 10)]);
        Assert.HasCount(4, history.Epochs);
        Assert.IsLessThan(history.Epochs[0].ValidationLoss!.Value, history.FinalValidationLoss!.Value);
    }

    [TestMethod]
    public void ARunThatKeepsImprovingIsNotStopped()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options with { Epochs = 5 }).Fit(model, Train, Validation, [new EarlyStopping(patience: 1)]);
        Assert.HasCount(5, history.Epochs);
        Assert.IsNull(history.StopReason);
    }

    [TestMethod]
    public void ARunIsNotStoppedAfterItsLastStep()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        TrainingHistory history = new AutoencoderTrainer(Options with { LearningRate = 1e-9, Epochs = 4 })
            .Fit(model, Train, Validation, [new EarlyStopping(patience: 3, minimumImprovement: 0.01)]);
        Assert.HasCount(4, history.Epochs);
        Assert.IsNull(history.StopReason);
    }

    [TestMethod]
    public void TheBestWeightsAreThoseOfTheEpochWithTheLowestLoss()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var best = new BestWeights();
        var hashes = new EpochHashes(model);
        // With a rate this large the loss goes up and down.
        TrainingHistory history = new AutoencoderTrainer(Options with { LearningRate = 0.3 }).Fit(model, Train, Validation, [best, hashes]);

        EpochResult lowest = history.Epochs.MinBy(e => e.ValidationLoss)!;
        Assert.AreNotEqual(history.Epochs.Count, lowest.Epoch);
        Assert.AreEqual(lowest.Epoch, best.Epoch);
        Assert.AreEqual(hashes.Values[lowest.Epoch - 1], ModuleWeights.Hash(model));
    }

    [TestMethod]
    public void ALossThatIsNoNumberLeavesWeightsThatGaveOne()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        string before = ModuleWeights.Hash(model);
        TrainingDivergedException exception = Assert.ThrowsExactly<TrainingDivergedException>(
            () => new AutoencoderTrainer(Options with { LearningRate = 1e30, Optimizer = OptimizerKind.Sgd }).Fit(model, Train));

        Assert.AreEqual(0, exception.LastGoodStep);
        Assert.AreEqual(before, ModuleWeights.Hash(model));
        StringAssert.Contains(exception.Message, "Lower the learning rate (1E+30)");
    }

    [TestMethod]
    public void CrossEntropyOfPixelsThatAreNoNumbersIsALossThatIsNone()
    {
        manual_seed(1);
        using var model = new DenseAutoencoder([TinyData.PixelCount, 12, TinyData.CodeSize], Activation.ReLU, Activation.Linear, Activation.Sigmoid);
        string before = ModuleWeights.Hash(model);
        TrainingOptions diverging = Options with { LearningRate = 1e30, Optimizer = OptimizerKind.Sgd, Objective = new Objective(new BinaryCrossEntropy()) };
        Assert.ThrowsExactly<TrainingDivergedException>(() => new AutoencoderTrainer(diverging).Fit(model, Train));
        Assert.AreEqual(before, ModuleWeights.Hash(model));
    }

    private sealed class EpochHashes(EncoderNetwork model) : ITrainingCallback
    {
        public List<string> Values { get; } = [];

        public void OnEpochCompleted(EpochResult epoch) => Values.Add(ModuleWeights.Hash(model));
    }
}
