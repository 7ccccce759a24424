using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CaseMeterTests
{
    private const float Infinity = float.PositiveInfinity;

    [TestMethod]
    [DataRow(new[] { Infinity, 1f }, true, DisplayName = "both as TorchSharp has them")]
    [DataRow(new[] { Infinity, 1.5f }, false, DisplayName = "a number that is wrong beside the overflow")]
    [DataRow(new[] { 3e38f, 1f }, false, DisplayName = "a number in the place of the overflow")]
    public void AnOverflowOfTorchSharpsExcusesNothing(float[] found, bool passed)
    {
        var meter = new CaseMeter("rows of 1");
        meter.Add(found, [Infinity, 1f], 1, () => Rounding(1e-6));
        Assert.AreEqual(passed, meter.ToCase("y", [1, 2], "Float").Passed);
    }

    [TestMethod]
    public void TheLargestDifferenceOfAllRowsAndBatchesIsReported()
    {
        var meter = new CaseMeter("rows of 2");
        meter.Add([1f, 2.25f, 3f, 4f], [1f, 2f, 3f, 4f], 2);
        meter.Add([5f, 5.125f], [5f, 5f], 1);
        VerificationCase found = meter.ToCase("y", [3, 2], "Float");
        Assert.AreEqual((3, 0.25, 5.0, 0.05), (found.Rows, found.MaxAbsoluteDifference, found.LargestMagnitude, found.MaxRelativeDifference));
        Assert.IsFalse(found.Passed);
    }

    [TestMethod]
    [DataRow(0.2, false)]
    [DataRow(0.3, true)]
    public void WhatRoundingExplainsPassesAndIsReported(double allowed, bool passed)
    {
        var meter = new CaseMeter("rows of 2");
        meter.Add([1f, 2f], [1f, 2f], 1, () => throw new InvalidOperationException("Nobody need ask."));
        meter.Add([3f, 2.25f], [3f, 2f], 1, () => Rounding(allowed));
        VerificationCase found = meter.ToCase("y", [2, 2], "Float");
        Assert.AreEqual((passed, allowed, allowed), (found.Passed, found.Limit, found.Rounding!.Allowed));
    }

    [TestMethod]
    [DataRow("NaN", true)]
    [DataRow("rows of 1", false)]
    [DataRow("large", false)]
    public void ANaNMayGoLostOnTheInputThatHasSomeAlone(string input, bool passed)
    {
        var meter = new CaseMeter(input);
        meter.Add([0f, 1f], [float.NaN, 1f], 1, () => Rounding(1e-6));
        VerificationCase found = meter.ToCase("y", [1, 2], "Float");
        Assert.AreEqual(passed, found.Passed);
        Assert.AreEqual(passed ? 1 : 0, found.LostNaNs);
    }

    private static RoundingAllowance Rounding(double allowed) => new(allowed, 1000);
}
