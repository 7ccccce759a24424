using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CodePathTests
{
    [TestMethod]
    public void TheStraightLineHasEqualSteps()
    {
        IReadOnlyList<float[]> path = CodePath.Linear([0, 4], [2, 0], 3);
        CollectionAssert.AreEqual(new float[] { 0, 4 }, path[0]);
        CollectionAssert.AreEqual(new float[] { 1, 2 }, path[1]);
        CollectionAssert.AreEqual(new float[] { 2, 0 }, path[2]);
    }

    [TestMethod]
    public void TheArcKeepsTheDistanceFromTheOriginAndHasEqualAngles()
    {
        IReadOnlyList<float[]> path = CodePath.Spherical([2, 0], [0, 2], 4);
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(2 * Math.Cos(i * Math.PI / 6), path[i][0], 1e-6);
            Assert.AreEqual(2 * Math.Sin(i * Math.PI / 6), path[i][1], 1e-6);
        }
    }

    [TestMethod]
    [DataRow(new float[] { 1, 1 }, new float[] { 3, 3 })]
    [DataRow(new float[] { 1, 0 }, new float[] { -1, 0 })]
    [DataRow(new float[] { 0, 0 }, new float[] { 1, 2 })]
    public void WhereThereIsNoArcTheLineIsTaken(float[] from, float[] to)
    {
        foreach ((float[] expected, float[] actual) in CodePath.Linear(from, to, 5).Zip(CodePath.Spherical(from, to, 5)))
        {
            CollectionAssert.AreEqual(expected, actual);
        }
    }
}
