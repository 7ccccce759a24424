using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// A getter may be made at any row, called twice, and given a buffer that served for something else; what it gave stays
/// as it is when the cursor moves on.
/// </summary>
internal sealed class Getters : IViewAspect
{
    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        List<Func<object>[]> kept = [];
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        while (cursor.MoveNext())
        {
            ReadRow wanted = expected[kept.Count];
            foreach (DataViewSchema.Column column in view.Schema)
            {
                Func<object> readTwice = ColumnValues.CreateReader(cursor, column);
                AssertSame(wanted, column, readTwice(), "made at its row");
                AssertSame(wanted, column, readTwice(), "called twice");
                AssertSame(wanted, column, ColumnValues.CreateReaderIntoUsedBuffer(cursor, column)(), "given a used buffer");
            }

            kept.Add([.. view.Schema.Select(c => ColumnValues.CreateKeeper(cursor, c)())]);
        }

        for (int i = 0; i < kept.Count; i++)
        {
            foreach (DataViewSchema.Column column in view.Schema)
            {
                AssertSame(expected[i], column, kept[i][column.Index](), "looked at when the cursor was gone on");
            }
        }
    }

    private static void AssertSame(ReadRow row, DataViewSchema.Column column, object found, string way)
        => Assert.IsTrue(
            ColumnValues.AreEqual(row.Values[column.Index]!, found),
            $"getter {way}: column '{column.Name}' of row {row.Position} is {ColumnValues.Describe(found)}, expected {ColumnValues.Describe(row.Values[column.Index]!)}");
}
