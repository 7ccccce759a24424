using OnnxAE.Models;
using OnnxAE.Pipelines.Bench;

namespace OnnxAE.Tests.Pipelines.Bench;

[TestClass]
public sealed class MatrixProductsTests
{
    [TestMethod]
    public void StepHasThreeProductsALayerButTwoInTheFirst()
    {
        using var model = new DenseAutoencoder([6, 3], Activation.Linear, Activation.Linear, Activation.Linear);
        var products = MatrixProducts.Of(model, batch: 5);
        Assert.IsNotNull(products);
        Assert.AreSequenceEqual(new[] { (5L, 6L, 3L), (3L, 5L, 6L), (5L, 3L, 6L), (6L, 5L, 3L), (5L, 6L, 3L) }, products);
        Assert.AreEqual(5 * 2 * 5 * 6 * 3, MatrixProducts.Flops(products));
    }

    [TestMethod]
    public void NetworkOfConvolutionsHasNone()
    {
        using EncoderNetwork model = ModelCatalog.Get("S2.conv49").CreateNetwork(seed: 1);
        Assert.IsNull(MatrixProducts.Of((Autoencoder)model, batch: 5));
    }
}
