using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

/// <summary>Runs of one step, whose change of the weights says what the step did.</summary>
[TestClass]
public sealed class SingleStepTests
{
    private static readonly RowSet Train = TinyData.Bars(20);
    private static readonly TrainingOptions OneStep = new() { Steps = 1, BatchSize = 20 };

    [TestMethod]
    public void ClippedGradientsTogetherAreAsLongAsTheNorm()
    {
        TrainingOptions options = OneStep with { Optimizer = OptimizerKind.Sgd, LearningRate = 1 };
        using var scope = NewDisposeScope();
        Assert.IsGreaterThan(0.02, Length(Change(options)));
        Assert.AreEqual(0.01, Length(Change(options with { GradientClipping = 0.01 })), 1e-5);

        static double Length(Tensor change) => Math.Sqrt(change.square().sum().item<float>());
    }

    [TestMethod]
    public void RMSpropAveragesSquaresWithAFactorOfNineTenths()
    {
        using var scope = NewDisposeScope();
        Tensor change = Change(OneStep with { Optimizer = OptimizerKind.RMSprop, LearningRate = 1e-3 });

        // The first average is a tenth of the gradient's square, so the step is the rate times g / sqrt(0.1 g^2).
        Assert.AreEqual(1e-3 / Math.Sqrt(0.1), change.abs().max().item<float>(), 1e-5);
    }

    [TestMethod]
    [DataRow(0.5, 1e-3)] // the first of two steps has the highest rate
    [DataRow(0.9, 1e-3 / 25)] // it has the one that the cycle starts with
    public void TheFirstStepOfACycleIsAsLongAsItsWarmUpSays(double warmUp, double expected)
    {
        using var scope = NewDisposeScope();
        Tensor change = Change(OneStep with { Steps = 2, LearningRate = 1e-3, Schedule = LearningRateSchedule.OneCycle, WarmUp = warmUp });
        Assert.AreEqual(expected, change.abs().max().item<float>(), 1e-6); // Adam's first step is the rate; the last rate is next to nothing
    }

    [TestMethod]
    [DataRow(OptimizerKind.AdamW)]
    [DataRow(OptimizerKind.Sgd)]
    public void WeightDecayTakesItsShareOfEachWeight(OptimizerKind optimizer)
    {
        using var scope = NewDisposeScope();
        TrainingOptions options = OneStep with { Optimizer = optimizer, LearningRate = 0.01 };
        Tensor added = Change(options with { WeightDecay = 0.5 }) - Change(options);
        Assert.IsTrue(added.allclose(FirstWeights() * (-0.01 * 0.5), atol: 1e-6));
    }

    [TestMethod]
    [DataRow(OptimizerKind.Adam, 1.0)]
    [DataRow(OptimizerKind.RMSprop, 0.1)] // the share of the new square in the average
    public void WeightDecayIsAPartOfTheGradientThatIsScaled(OptimizerKind optimizer, double share)
    {
        using var scope = NewDisposeScope();
        Tensor change = Change(OneStep with { Optimizer = optimizer, LearningRate = 0.01, WeightDecay = 1e6 }); // the rest of the gradient is nothing beside it
        Assert.IsTrue(change.allclose(FirstWeights().sign() * (-0.01 / Math.Sqrt(share)), atol: 1e-4));
    }

    [TestMethod]
    [DataRow(OptimizerKind.Sgd)]
    [DataRow(OptimizerKind.RMSprop)]
    public void MomentumTakesAShareOfTheLastStepAgain(OptimizerKind optimizer)
    {
        // Of two steps the first is the same; a momentum of 0.5 adds half of it to the second.
        using var scope = NewDisposeScope();
        TrainingOptions options = OneStep with { Optimizer = optimizer, LearningRate = 1e-4, Steps = 2 };
        Tensor first = Change(options with { Steps = 1 }), added = Change(options with { Momentum = 0.5 }) - Change(options);
        Assert.IsGreaterThan(1e-6f, first.abs().max().item<float>());
        Assert.IsTrue(added.allclose(first * 0.5, atol: 1e-7));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void WeightsOfALastStepThatGiveNoFiniteLossAreNotKept(bool validates)
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        string before = ModuleWeights.Hash(model);
        TrainingDivergedException exception = Assert.ThrowsExactly<TrainingDivergedException>(
            () => new AutoencoderTrainer(OneStep with { LearningRate = 1e30 }).Fit(model, Train, validates ? Train : null));

        Assert.AreEqual(0, exception.LastGoodStep);
        Assert.AreEqual(before, ModuleWeights.Hash(model));
    }

    private static Tensor Change(TrainingOptions options)
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        Tensor before = Weights(model);
        new AutoencoderTrainer(options).Fit(model, Train);
        return Weights(model) - before;
    }

    private static Tensor FirstWeights()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        return Weights(model);
    }

    private static Tensor Weights(DenseAutoencoder model) => cat([.. model.parameters().Select(parameter => parameter.detach().flatten())]);
}
