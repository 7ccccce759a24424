using OnnxAE.Models;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EncoderNetworkTests
{
    [TestMethod]
    public void TheShapeOfARowIsItsSizeUntilItIsSet()
    {
        using var network = new DenseAutoencoder([12, 2], Activation.ReLU, Activation.Linear, Activation.Linear);
        CollectionAssert.AreEqual(new[] { 12 }, network.InputShape.ToArray());

        int[] shape = [3, 1, 4];
        network.InputShape = shape;
        shape[0] = 5;
        CollectionAssert.AreEqual(new[] { 3, 1, 4 }, network.InputShape.ToArray());
    }

    [TestMethod]
    [DataRow(new int[0])]
    [DataRow(new[] { 3, 4, 2 })]
    [DataRow(new[] { -3, -4 })]
    [DataRow(new[] { 65536, 65536, 65536, 65536, 12 })] // 2^64 * 12 is 0 in 64 bits
    public void AShapeOfAnotherSizeIsRefused(int[] shape)
    {
        using var network = new DenseAutoencoder([12, 2], Activation.ReLU, Activation.Linear, Activation.Linear);
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => network.InputShape = shape);
        StringAssert.Contains(exception.Message, $"[{string.Join(", ", shape)}]");
        StringAssert.Contains(exception.Message, "12 numbers");
    }
}
