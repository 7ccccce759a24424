using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>The kit finds what it is for.</summary>
[TestClass]
public sealed class FaultyViewTests
{
    private const int RowCount = 23;

    [TestMethod]
    [DataRow(FaultyView.Fault.None, "")]
    [DataRow(FaultyView.Fault.IdsOfPositions, nameof(ShuffledCursors))]
    [DataRow(FaultyView.Fault.StartsOver, nameof(CursorEnds))]
    [DataRow(FaultyView.Fault.SharesBuffer, nameof(Getters))]
    [DataRow(FaultyView.Fault.ForgetsLastRow, nameof(ColumnSubsets))]
    [DataRow(FaultyView.Fault.MixesColumns, nameof(ColumnSubsets))]
    [DataRow(FaultyView.Fault.SetRepeatsRows, nameof(CursorSets))]
    [DataRow(FaultyView.Fault.TakesEveryColumn, nameof(RefusedGetters))]
    [DataRow(FaultyView.Fault.CountsWrong, nameof(RowIdentities))]
    public void A_fault_shows_in_its_aspect(object fault, string expected)
    {
        FaultyView view = new(Table.Of(new MLContext(seed: 1).Data.LoadFromEnumerable(SampleRow.Make(RowCount))), (FaultyView.Fault)fault);
        List<string> failed = [];
        foreach (IViewAspect aspect in ViewConformance.Aspects)
        {
            try
            {
                aspect.Check(view);
            }
            catch (Exception e) when (e is AssertFailedException or InvalidOperationException)
            {
                failed.Add(aspect.GetType().Name);
            }
        }

        if (expected.Length == 0)
        {
            Assert.IsEmpty(failed);
        }
        else
        {
            Assert.Contains(expected, failed);
        }
    }
}
