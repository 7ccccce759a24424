using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Fitting and reading close every cursor that they open: at the end, when they stop early, and when a value is refused.</summary>
internal sealed class ClosedSources : IEstimatorAspect
{
    public void Check(EstimatorCase estimator)
    {
        IDataView view = estimator.Transformer.Transform(estimator.FitInput);
        AssertClosed(estimator.FitInput, "Fit and Transform");
        ReadRows.Of(view);
        AssertClosed(estimator.FitInput, "a cursor that was read to its end");
        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
        {
            cursor.MoveNext();
        }

        AssertClosed(estimator.FitInput, "a cursor that stopped early");
        view.GetRowCursor(view.Schema).Dispose();
        AssertClosed(estimator.FitInput, "a cursor that never moved");
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet(view.Schema, 3))
        {
            cursor.Dispose();
        }

        AssertClosed(estimator.FitInput, "a set of cursors that never moved");
    }

    private static void AssertClosed(Table input, string way) => Assert.AreEqual(0, input.OpenCursors, $"{way}: cursors of the input left open");
}
