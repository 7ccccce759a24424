using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DrawSummaryTests
{
    [TestMethod]
    public void DeviationIsTheOneOfASample()
    {
        var summary = DrawSummary.Of([0.7, 0.8, 0.9]);
        Assert.AreEqual(0.8, summary.Mean, 1e-12);
        Assert.AreEqual(0.1, summary.Sd, 1e-12);
    }

    [TestMethod]
    public void SingleDrawHasNoDeviation() => Assert.AreEqual(0, DrawSummary.Of([0.7]).Sd);
}
