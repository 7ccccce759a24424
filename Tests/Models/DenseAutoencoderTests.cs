using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DenseAutoencoderTests
{
    [TestMethod]
    public void TheCodeAndTheOutputPassTheirOwnActivations()
    {
        manual_seed(1);
        using var model = new DenseAutoencoder([16, 8, 4], Activation.ReLU, Activation.Tanh, Activation.Sigmoid);
        using Tensor pixels = rand(5, 16);
        using Tensor code = model.Encoder.call(pixels);
        using Tensor rebuilt = model.Decoder.call(code);

        Assert.IsLessThan(0f, code.min().item<float>()); // a ReLU would have cut this off
        Assert.IsGreaterThan(0f, rebuilt.min().item<float>());
        Assert.IsLessThan(1f, rebuilt.max().item<float>());
    }

    [TestMethod]
    public void NamesOfWeightsStartWithTheHalfTheyBelongTo()
    {
        using var model = new DenseAutoencoder([16, 8, 4], Activation.ReLU, Activation.ReLU, Activation.Linear);

        CollectionAssert.AreEqual(
            new[]
            {
                "encoder.features.dense1.weight", "encoder.features.dense1.bias", "encoder.code.dense2.weight", "encoder.code.dense2.bias",
                "decoder.dense1.weight", "decoder.dense1.bias", "decoder.dense2.weight", "decoder.dense2.bias",
            },
            model.state_dict().Keys.ToArray());
    }

    [TestMethod]
    public void OneWidthIsTooFew()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new DenseAutoencoder([16], Activation.ReLU, Activation.ReLU, Activation.Linear));
    }
}
