using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>A column has the same values whatever other columns are active: none, every other one, or one by one.</summary>
internal sealed class ColumnSubsets : IViewAspect
{
    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        Check(view, expected, "no column", _ => false);
        Check(view, expected, "even columns", c => c.Index % 2 == 0);
        Check(view, expected, "odd columns", c => c.Index % 2 != 0);
        foreach (DataViewSchema.Column only in view.Schema)
        {
            Check(view, expected, $"only column {only.Index}, '{only.Name}'", c => c.Index == only.Index);
        }
    }

    private static void Check(IDataView view, List<ReadRow> expected, string way, Func<DataViewSchema.Column, bool> isNeeded)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema.Where(isNeeded));
        Assert.AreSame(view.Schema, cursor.Schema, $"{way}: the cursor's schema");
        foreach (DataViewSchema.Column column in view.Schema.Where(isNeeded))
        {
            Assert.IsTrue(cursor.IsColumnActive(column), $"{way}: '{column.Name}' was asked for, but is not active");
        }

        ReadRows.AssertSame(view.Schema, expected, ReadRows.Of(cursor), way);
    }
}
