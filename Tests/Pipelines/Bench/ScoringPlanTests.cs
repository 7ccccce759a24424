using OnnxAE.Pipelines.Bench;

namespace OnnxAE.Tests.Pipelines.Bench;

[TestClass]
public sealed class ScoringPlanTests
{
    [TestMethod]
    [DataRow(7, 60_000)]
    [DataRow(3, 3)]
    public void ASlowNetworksRoundsShareOutTheRows(int rounds, int rows)
    {
        var plan = new ScoringPlan("id", "model", IsSliced: true, SearchSeconds: 1, RoundSeconds: 1);
        int next = 0;
        for (int round = 0; round < rounds; round++)
        {
            (int first, int count) = plan.RowsOf(round, rounds, rows);
            Assert.AreEqual(next, first);
            Assert.IsGreaterThan(0, count);
            next += count;
        }

        Assert.AreEqual(rows, next);
        Assert.AreEqual((0, rows), (plan with { IsSliced = false }).RowsOf(1, rounds, rows));
    }

    [TestMethod]
    public void AnAimIsALeastOrAMost()
    {
        var ratio = new ScoringAim("ratio", Found: 0.94, Bound: 0.95);
        Assert.IsFalse(ratio.IsMet);
        Assert.IsTrue((ratio with { IsMost = true }).IsMet);
    }
}
