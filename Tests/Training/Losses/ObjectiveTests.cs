using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ObjectiveTests
{
    [TestMethod]
    public void TheLossIsTheWeightedSumOfItsParts()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        Tensor pixels = rand(3, TinyData.PixelCount);
        ObjectiveValue value = ObjectiveNotation.Parse("mse(4) + l1(0.5)").Compute(model, pixels, pixels, StepContext.Evaluation(generator));

        CollectionAssert.AreEqual(new[] { "mse", "l1" }, value.Parts.Select(p => p.Name).ToArray());
        Assert.AreEqual((4 * value.Parts[0].Value.item<float>()) + (0.5f * value.Parts[1].Value.item<float>()), value.Loss.item<float>(), 1e-5f);
        Assert.IsFalse(value.Parts[0].Value.requires_grad);
    }

    [TestMethod]
    public void TheTargetIsWhatTheOutputIsComparedWith()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        Tensor input = rand(3, TinyData.PixelCount), target = rand(3, TinyData.PixelCount);
        double loss = new Objective(new MeanSquaredError()).Compute(model, input, target, StepContext.Evaluation(generator)).Loss.item<float>();
        Assert.AreEqual((model.call(input) - target).square().mean().item<float>(), loss, 1e-6);
    }

    [TestMethod]
    [DataRow(0, 0.0)]
    [DataRow(15, 0.3)]
    [DataRow(50, 1.0)]
    [DataRow(900, 2.0)]
    public void TheDivergencesWeightGrowsOverItsWarmUp(int step, double expected)
    {
        using var generator = new Generator(1);
        var term = new KlDivergence(beta: 2, warmUpEpochs: 10);
        Assert.AreEqual(expected, term.WeightAt(new StepContext(step, 1000, StepsPerEpoch: 10, generator)), 1e-12);
        Assert.AreEqual(2, term.WeightAt(StepContext.Evaluation(generator)));
    }

    [TestMethod]
    [DataRow(0, 0f)]
    [DataRow(5, 2f)]
    [DataRow(10, 4f)]
    public void TheSumHasTheDivergenceWithTheWeightOfItsStep(int step, float expected)
    {
        using NoisyNetwork model = new();
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        Tensor pixels = rand(8, TinyData.PixelCount);
        ObjectiveValue value = ObjectiveNotation.Parse("mse + kl(4, 1)").Compute(model, pixels, pixels, new StepContext(step, 1000, StepsPerEpoch: 10, generator));
        Assert.AreEqual(value.Parts[0].Value.item<float>() + (expected * value.Parts[1].Value.item<float>()), value.Loss.item<float>(), 1e-5f);
    }

    [TestMethod]
    public void EpochsAreCountedFromSteps()
    {
        using var generator = new Generator(1);
        Assert.AreEqual((1L, 0.0), Position(0));
        Assert.AreEqual((1L, 0.9), Position(9));
        Assert.AreEqual((2L, 1.0), Position(10));
        Assert.AreEqual(long.MaxValue, StepContext.Evaluation(generator).Epoch);

        (long Epoch, double Done) Position(long step)
        {
            var context = new StepContext(step, 100, 10, generator);
            return (context.Epoch, context.EpochsDone);
        }
    }

    [TestMethod]
    [DataRow("mse")]
    [DataRow("mixed")]
    [DataRow("mixed(5) + kl")]
    [DataRow("bce(784) + kl")]
    [DataRow("bce + kl(0.0005)")]
    [DataRow("mse(392) + kl(1, 10)")]
    [DataRow("bce + l1(1E-05)")]
    [DataRow("mse + sparsity(0.2, 0.001)")]
    [DataRow("bce-logits + contractive(0.1)")]
    [DataRow("bce-logits(10) + nt-xent(0.2)")]
    [DataRow("mse + nt-xent(0.5, 0.1)")]
    [DataRow("cross-entropy")]
    public void TheNotationReadsBackWhatItWrites(string text)
    {
        Assert.AreEqual(text, ObjectiveNotation.Parse(text).ToString());
    }

    [TestMethod]
    [DataRow("BCE(1e+2) + KL( 1 , 0 )", "bce(100) + kl")]
    [DataRow("bce+l1(1e-5)", "bce + l1(1E-05)")]
    public void TheNotationIsReadInOtherSpellings(string text, string canonical)
    {
        Assert.AreEqual(canonical, ObjectiveNotation.Parse(text).ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("mae")]
    [DataRow("mse(")]
    [DataRow("mse +")]
    [DataRow("mse + l1")]
    [DataRow("mse(1, 2)")]
    [DataRow("mse + sparsity(0.2)")]
    public void OtherTextIsAnsweredWithTheNotation(string text)
    {
        FormatException exception = Assert.ThrowsExactly<FormatException>(() => ObjectiveNotation.Parse(text));
        StringAssert.Contains(exception.Message, "Expected one of mse(weight)");
    }

    [TestMethod]
    [DataRow("kl")]
    [DataRow("mse + bce")]
    public void ALossHasOneErrorTerm(string text)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ObjectiveNotation.Parse(text));
        StringAssert.Contains(exception.Message, $"given in '{text}'");
    }

    [TestMethod]
    [DataRow("mse + l1(0.1) + l1(0.2)", "has l1 several times")]
    [DataRow("bce + kl + L1(1) + KL(2)", "has kl several times")]
    public void ATermIsGivenOnce(string text, string part)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ObjectiveNotation.Parse(text));
        StringAssert.Contains(exception.Message, part);
    }

    [TestMethod]
    [DataRow("mse")]
    [DataRow("mixed")]
    [DataRow("bce")]
    [DataRow("bce-logits")]
    public void OutputsOfAnotherShapeAreNamed(string loss)
    {
        // One output an image: libtorch would compare it with every pixel.
        using var model = new LayeredAutoencoder(nn.Identity(), nn.Linear(16, 3), nn.Sequential(("one", nn.Linear(3, 1)), ("output", nn.Sigmoid())), 16, 16, 3);
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        Tensor pixels = rand(2, 16);
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => ObjectiveNotation.Parse(loss).Compute(model, pixels, pixels, StepContext.Evaluation(generator)));
        StringAssert.Contains(exception.Message, "The network gives [2, 1] for images of [2, 16]");
    }

    [TestMethod]
    [DataRow("mse(0)")]
    [DataRow("mse(-1)")]
    [DataRow("mse(1e999)")]
    [DataRow("mse + sparsity(1, 0.1)")]
    [DataRow("mse + nt-xent(0)")]
    public void NumbersOutOfRangeAreRefused(string text)
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ObjectiveNotation.Parse(text));
    }
}
