using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class VariationalAutoencoderTests
{
    [TestMethod]
    public void DrawsHaveTheMeanAndTheVarianceOfTheHeads()
    {
        using VariationalAutoencoder network = Copying(logVariance: -2);
        using var generator = new Generator(3);
        using var scope = NewDisposeScope();
        Tensor pixels = full([20_000, 2], 0.5f);

        // The decoder is the identity, so the output is the draw itself.
        NetworkPass pass = network.Pass(pixels, generator);
        Assert.AreEqual(0.5f, pass.Output.mean().item<float>(), 0.01f);
        Assert.AreEqual(MathF.Exp(-2), pass.Output.var().item<float>(), 0.005f);
        Assert.AreEqual(-2f, pass.LogVariance!.max().item<float>(), 1e-6f);
    }

    [TestMethod]
    public void TheGeneratorDecidesTheDraw()
    {
        using VariationalAutoencoder network = Copying(logVariance: 0);
        CollectionAssert.AreEqual(Draw(5), Draw(5));
        CollectionAssert.AreNotEqual(Draw(5), Draw(6));

        float[] Draw(ulong seed)
        {
            using var generator = new Generator(seed);
            using var scope = NewDisposeScope();
            return network.Pass(zeros(3, 2), generator).Output.data<float>().ToArray();
        }
    }

    [TestMethod]
    public void OutsideTrainingPicturesAreRebuiltThroughTheMeans()
    {
        using VariationalAutoencoder network = Copying(logVariance: 0);
        using var scope = NewDisposeScope();
        Tensor pixels = rand(3, 2);
        Assert.IsTrue(network.call(pixels).allclose(pixels));
        Assert.IsTrue(network.Encoder.call(pixels).allclose(pixels));
    }

    // Means are the pixels, every variance the same, the decoder changes nothing.
    private static VariationalAutoencoder Copying(float logVariance)
    {
        var network = new VariationalAutoencoder(Identity(), Identity(), inputSize: 2, mapSize: 2, codeSize: 2);
        using var gradients = no_grad();
        using Tensor identity = tensor(new float[] { 1, 0, 0, 1 }, [2, 2]);
        network.Mean.weight!.copy_(identity);
        network.Mean.bias!.zero_();
        network.LogVariance.weight!.zero_();
        network.LogVariance.bias!.fill_(logVariance);
        return network;
    }
}
