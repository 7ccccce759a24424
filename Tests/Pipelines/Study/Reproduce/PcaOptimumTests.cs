using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class PcaOptimumTests
{
    private const double Rounding = 1e-7; // pixels are floats

    // Points in the plane, more than a batch of them: variances 0.25 and 0.01 along the axes, no correlation.
    private static readonly RowSet Points = new(Enumerable.Repeat<byte[]>([0, 102, 255, 102, 0, 153, 255, 153], 600).SelectMany(four => four).ToArray(), [1, 1, 2]);

    [TestMethod]
    [DataRow(0, 0.25 + 0.01)]
    [DataRow(1, 0.01)]
    [DataRow(2, 0)]
    public void ErrorIsTheVarianceLeftOutAPixel(int components, double variance) =>
        Assert.AreEqual(variance / 2, PcaOptimum.MeanSquaredError(Points, components), Rounding);
}
