using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ContrastiveLossTests
{
    [TestMethod]
    public void ItIsTheOtherViewsShareInTheSimilaritiesToAllOthers()
    {
        // Two images, views (1, 0) and (0, 1) first, then twice (3, 3): cosines 0, 1, and sqrt(1/2) across.
        double across = Math.Exp(Math.Sqrt(0.5) / 0.5), none = 1, same = Math.Exp(1 / 0.5);
        double first = -Math.Log(across / (across + across + none)), second = -Math.Log(across / (across + across + same));
        Assert.AreEqual((first + second) / 2, Compute(new NormalizedTemperatureCrossEntropy(0.5), [1, 0, 0, 1, 3, 3, 3, 3]), 1e-5);
    }

    [TestMethod]
    public void ViewsThatCannotBeToldApartCostTheLogarithmOfTheirNumber()
    {
        Assert.AreEqual(Math.Log(5), Compute(new NormalizedTemperatureCrossEntropy(0.2), [.. Enumerable.Repeat(1f, 12)]), 1e-5);
        Assert.IsTrue(double.IsFinite(Compute(new NormalizedTemperatureCrossEntropy(0.2), new float[12])));
    }

    [TestMethod]
    public void NetworksWithoutAProjectorAreRefused()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using DenseAutoencoder model = TinyData.Autoencoder();
        Tensor pixels = rand(4, TinyData.PixelCount);
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => ObjectiveNotation.Parse("mse + nt-xent(0.2)").Compute(model, pixels, pixels, StepContext.Evaluation(generator)));
        StringAssert.Contains(exception.Message, "a projector");
    }

    private static double Compute(LossTerm term, float[] projections)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using DenseAutoencoder model = TinyData.Autoencoder();
        Tensor projection = tensor(projections, [projections.Length / 2, 2]);
        var pass = new NetworkPass(projection, projection) { Projection = projection };
        return term.Compute(model, pass, projection, projection, StepContext.Evaluation(generator)).item<float>();
    }
}
