using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>
/// Rows in memory as a view that does all that a view may: it shuffles, its sets have as many cursors as are asked for,
/// and its cursors refuse whatever a reader may not do. It counts the cursors that are not closed yet.
/// </summary>
internal sealed class Table : IDataView
{
    private int _openCursors;

    /// <param name="schema">The columns.</param>
    /// <param name="rows">Identities, and a value for each column.</param>
    public Table(DataViewSchema schema, IReadOnlyList<ReadRow> rows)
    {
        Schema = schema;
        Rows = rows;
    }

    public DataViewSchema Schema { get; }

    public IReadOnlyList<ReadRow> Rows { get; }

    /// <summary>Whether vectors leave out what is zero.</summary>
    public bool IsSparse { get; init; }

    public bool CanShuffle => true;

    /// <summary>Cursors that were opened and not yet disposed.</summary>
    public int OpenCursors => _openCursors;

    /// <summary>A copy of all rows of a view.</summary>
    public static Table Of(IDataView view) => new(view.Schema, ReadRows.Of(view));

    /// <summary>The first rows.</summary>
    public Table Take(int count) => new(Schema, [.. Rows.Take(count)]);

    /// <summary>The same rows, vectors without their zeros.</summary>
    public Table AsSparse() => new(Schema, Rows) { IsSparse = true };

    /// <summary>The same rows without a column.</summary>
    public Table Without(string name)
    {
        DataViewSchema.Builder schema = new();
        schema.AddColumns(Schema.Where(c => c.Name != name));
        int[] kept = [.. Schema.Where(c => c.Name != name).Select(c => c.Index)];
        return new Table(schema.ToSchema(), [.. Rows.Select(row => row with { Values = [.. kept.Select(i => row.Values[i])] })]);
    }

    /// <summary>The same rows, NaN in some numbers of every other row.</summary>
    public Table WithNaN()
        => new(Schema, [.. Rows.Select((row, i) => i % 2 == 0 ? row : row with { Values = [.. row.Values.Select(v => WithNaN(v!))] })]);

    public long? GetRowCount() => Rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => Open(columnsNeeded, Order(rand), first: 0, cursorCount: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        int[] order = Order(rand);
        return [.. Enumerable.Range(0, n).Select(i => Open(columns, order, i, n))];
    }

    private static object WithNaN(object value)
    {
        switch (value)
        {
            case float:
                return float.NaN;
            case double:
                return double.NaN;
            case float[] items:
                return (float[])[float.NaN, .. items[1..]];
            case double[] items:
                return (double[])[double.NaN, .. items[1..]];
            default:
                return value;
        }
    }

    private int[] Order(Random? random)
    {
        int[] order = [.. Enumerable.Range(0, Rows.Count)];
        random?.Shuffle(order);
        return order;
    }

    private TableCursor Open(IEnumerable<DataViewSchema.Column> columns, int[] order, int first, int cursorCount)
    {
        Interlocked.Increment(ref _openCursors);
        return new TableCursor(this, columns, order, first, cursorCount, () => Interlocked.Decrement(ref _openCursors));
    }
}
