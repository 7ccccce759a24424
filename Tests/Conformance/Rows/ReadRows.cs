using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Reading of whole views, and comparison of what was read.</summary>
internal static class ReadRows
{
    /// <summary>All rows of a view with all columns, by one cursor.</summary>
    public static List<ReadRow> Of(IDataView view, Random? random = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, random);
        return Of(cursor);
    }

    /// <summary>All rows that a cursor has yet to give.</summary>
    public static List<ReadRow> Of(DataViewRowCursor cursor)
    {
        List<ReadRow> rows = [];
        RowReader reader = new(cursor);
        while (cursor.MoveNext())
        {
            rows.Add(reader.Read());
        }

        return rows;
    }

    /// <summary>Demands the same rows in the same order: identities, and values of the columns that were active both times.</summary>
    /// <param name="schema">What to call the columns.</param>
    /// <param name="expected">The rows as they should be.</param>
    /// <param name="actual">The rows as they were read.</param>
    /// <param name="way">The way in which they were read, for messages.</param>
    public static void AssertSame(DataViewSchema schema, List<ReadRow> expected, List<ReadRow> actual, string way)
    {
        Assert.HasCount(expected.Count, actual, way);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Id, actual[i].Id, $"{way}: id of row {i}");
            AssertSameValues(schema, expected[i], actual[i], $"{way}: row {i}");
        }
    }

    /// <summary>Demands the same rows in any order: the same identities, and for each the same values.</summary>
    public static void AssertSameInAnyOrder(DataViewSchema schema, List<ReadRow> expected, List<ReadRow> actual, string way)
        => AssertSame(schema, [.. expected.OrderBy(r => r.Id)], [.. actual.OrderBy(r => r.Id)], way);

    /// <summary>Demands the same values in the columns that were active both times.</summary>
    public static void AssertSameValues(DataViewSchema schema, ReadRow expected, ReadRow actual, string way)
    {
        foreach (DataViewSchema.Column column in schema)
        {
            if (expected.Values[column.Index] is not { } wanted || actual.Values[column.Index] is not { } found)
            {
                continue;
            }

            Assert.IsTrue(
                ColumnValues.AreEqual(wanted, found),
                $"{way}: column '{column.Name}' is {ColumnValues.Describe(found)}, expected {ColumnValues.Describe(wanted)}");
        }
    }
}
