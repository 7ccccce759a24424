using OnnxAE.Inference.Data;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Training;

/// <summary>Runs of one step, whose change of the weights says what the step did.</summary>
[TestClass]
public sealed class SingleStepTests
{
    private static readonly ImageSet Train = TinyData.Bars(20);
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
        Tensor before = Weights();
        new AutoencoderTrainer(options).Fit(model, Train);
        return Weights() - before;

        Tensor Weights() => cat([.. model.parameters().Select(parameter => parameter.detach().flatten())]);
    }
}
