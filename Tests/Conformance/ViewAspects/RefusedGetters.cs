using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>A getter is refused for a column that is not active, and for a type that is not the column's.</summary>
internal sealed class RefusedGetters : IViewAspect
{
    public void Check(IDataView view)
    {
        foreach (DataViewSchema.Column column in view.Schema)
        {
            using DataViewRowCursor all = view.GetRowCursor(view.Schema);
            InvalidOperationException wrongType = Assert.ThrowsExactly<InvalidOperationException>(
                () => all.GetGetter<Stranger>(column), $"column '{column.Name}' as a type that it is not");
            StringAssert.StartsWith(wrongType.Message, "Invalid TValue");

            using DataViewRowCursor others = view.GetRowCursor(view.Schema.Where(c => c.Index != column.Index));
            Assert.IsFalse(others.IsColumnActive(column), $"column '{column.Name}', which was not asked for, is active");
            Exception notActive = Assert.Throws<Exception>(
                () => ColumnValues.CreateReader(others, column), $"a getter of column '{column.Name}', which is not active");
            // The second is what ML.NET's scorers say where they don't split their rows, all others the first.
            Assert.IsTrue(notActive is ArgumentOutOfRangeException or InvalidOperationException, notActive.ToString());
        }
    }

    // A type of no column.
    private struct Stranger;
}
