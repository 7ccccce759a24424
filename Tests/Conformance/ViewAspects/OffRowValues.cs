using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Before the first row and after the last there are no values to be had.</summary>
internal sealed class OffRowValues : IViewAspect
{
    public void Check(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Func<object>[] readers = [.. view.Schema.Select(c => ColumnValues.CreateReader(cursor, c))];
        AssertRefused(view, readers, "before the first row");
        while (cursor.MoveNext())
        {
        }

        AssertRefused(view, readers, "after the last row");
    }

    private static void AssertRefused(IDataView view, Func<object>[] readers, string place)
    {
        foreach (DataViewSchema.Column column in view.Schema)
        {
            Assert.ThrowsExactly<InvalidOperationException>(() => readers[column.Index](), $"column '{column.Name}' {place}");
        }
    }
}
