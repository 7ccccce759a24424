using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PairedDifferenceTests
{
    private const double Rounding = 1e-12;

    [TestMethod]
    public void DrawsAreComparedOneByOne()
    {
        // differences 0.1, 0.2, 0, -0.1, 0.3: mean 0.1, squared deviations 0 + 0.01 + 0.01 + 0.04 + 0.04 over 4
        var difference = PairedDifference.Of([0.6, 0.8, 0.5, 0.4, 0.9], [0.5, 0.6, 0.5, 0.5, 0.6]);
        Assert.AreEqual(0.1, difference.Mean, Rounding);
        Assert.AreEqual(Math.Sqrt(0.025), difference.Sd, Rounding);
        Assert.AreEqual(Math.Sqrt(2), difference.T!.Value, Rounding);
        Assert.AreEqual((3, 1), (difference.Better, difference.Worse));
    }

    [TestMethod]
    public void SingleDrawHasNoT() => Assert.IsNull(PairedDifference.Of([0.6], [0.5]).T);
}
