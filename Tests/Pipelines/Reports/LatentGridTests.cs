using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LatentGridTests
{
    [TestMethod]
    public void QuantilesAreThoseOfTheStandardNormalDistribution()
    {
        double[] values = LatentGrid.Quantiles(3);
        Assert.AreEqual(-1.6448536, values[0], 1e-6); // the 5 % quantile of any table
        Assert.AreEqual(0, values[1], 1e-12);
        Assert.AreEqual(1.6448536, values[2], 1e-6);
    }

    [TestMethod]
    public void EvenValuesReachTheirLimits() => CollectionAssert.AreEqual(new double[] { -15, -7.5, 0, 7.5, 15 }, LatentGrid.Even(5, 15));

    [TestMethod]
    public void TheFirstRowOfPicturesIsTheTopOfThePlane()
    {
        IReadOnlyList<float[]> codes = LatentGrid.Codes([-1, 1], codeSize: 3, right: 2, up: 0);
        CollectionAssert.AreEqual(new float[] { 1, 0, -1 }, codes[0]); // top left
        CollectionAssert.AreEqual(new float[] { 1, 0, 1 }, codes[1]); // top right
        CollectionAssert.AreEqual(new float[] { -1, 0, -1 }, codes[2]); // bottom left
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("1,1")]
    [DataRow("0,3")]
    [DataRow("-1,0")]
    [DataRow("a,b")]
    public void OtherDimensionsAreRefused(string text)
    {
        UsageException exception = Assert.ThrowsExactly<UsageException>(() => LatentGrid.ParseDimensions(text, codeSize: 3));
        StringAssert.Contains(exception.Message, $"'{text}'");
        StringAssert.Contains(exception.Message, "from 0 to 2");
    }

    [TestMethod]
    public void ExplorationPutsOneDimensionAtATimeToItsMaximum()
    {
        IReadOnlyList<float[]> explored = CodeStatistics.Of([[1, -4], [3, -2]]).Explore();
        CollectionAssert.AreEqual(new float[] { 2, -3 }, explored[0]);
        CollectionAssert.AreEqual(new float[] { 3, -3 }, explored[1]);
        CollectionAssert.AreEqual(new float[] { 2, -2 }, explored[2]);
    }
}
