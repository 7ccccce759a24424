using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// A <see cref="RowSet"/> as ML.NET sees it: the column <c>Pixels</c>, a vector of Single in [0, 1] of the dimensions [channels,
/// height, width], or <c>Features</c> for rows that are no pictures; and, where the set has labels, <c>Label</c>, a key whose
/// values are the names of the classes.
/// </summary>
internal sealed class RowSetView : IDataView
{
    public const string PixelsColumn = "Pixels";
    public const string FeaturesColumn = "Features";
    public const string LabelColumn = "Label";
    private const string KeyValues = "KeyValues"; // the kind of annotation that holds what the keys stand for

    public RowSetView(RowSet rows)
    {
        Rows = rows;
        DataViewSchema.Builder schema = new();
        schema.AddColumn(rows.IsPicture ? PixelsColumn : FeaturesColumn, new VectorDataViewType(NumberDataViewType.Single, rows.Shape.ToArray()));
        if (rows.HasLabels)
        {
            schema.AddColumn(LabelColumn, new KeyDataViewType(typeof(uint), rows.ClassCount), ClassNames(rows.Classes));
        }

        Schema = schema.ToSchema();
    }

    public RowSet Rows { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => Rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new RowSetCursor(this, columnsNeeded, Order(rand), first: 0, cursorCount: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        int[]? order = Order(rand);
        int count = Math.Clamp((Rows.Count + RowSetCursor.RowsPerBatch - 1) / RowSetCursor.RowsPerBatch, 1, n);
        return [.. Enumerable.Range(0, count).Select(i => new RowSetCursor(this, columns, order, first: i, cursorCount: count))];
    }

    private int[]? Order(Random? rand)
    {
        if (rand is null)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, Rows.Count)];
        rand.Shuffle(order);
        return order;
    }

    // Numbers as Single, like those that MapValueToKey finds in a text file of digits; other names as text.
    private static DataViewSchema.Annotations ClassNames(IReadOnlyList<string> classes)
    {
        DataViewSchema.Annotations.Builder annotations = new();
        int count = classes.Count;
        if (classes.SequenceEqual(RowSet.Numbered(count)))
        {
            annotations.Add(KeyValues, new VectorDataViewType(NumberDataViewType.Single, count), (ref VBuffer<float> value) =>
                value = new VBuffer<float>(count, [.. Enumerable.Range(0, count).Select(number => (float)number)]));
        }
        else
        {
            annotations.Add(KeyValues, new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new VBuffer<ReadOnlyMemory<char>>(count, [.. classes.Select(name => name.AsMemory())]));
        }

        return annotations.ToAnnotations();
    }
}

/// <summary>
/// Walks over the rows of a view. One of <paramref name="cursorCount"/> cursors takes every such batch of rows, so
/// that <see cref="Batch"/> tells their common order.
/// </summary>
internal sealed class RowSetCursor(
    RowSetView view, IEnumerable<DataViewSchema.Column> columnsNeeded, int[]? order, int first, int cursorCount) : DataViewRowCursor, ISpanRow
{
    public const int RowsPerBatch = 64;

    private readonly RowSet _rows = view.Rows;
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(c => c.Index)];
    private long _position = -1;
    private long _batch = first;
    private int _inBatch = -1;
    private int _row = -1; // -1: not at a row

    public override long Position => _position;

    public override long Batch => cursorCount == 1 ? 0 : _batch;

    public override DataViewSchema Schema => view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (++_inBatch == RowsPerBatch)
        {
            _inBatch = 0;
            _batch += cursorCount;
        }

        long row = (_batch * RowsPerBatch) + _inBatch;
        if (row >= _rows.Count)
        {
            _inBatch--; // stay at the end
            _row = -1;
            _position = -1;
            return false;
        }

        _row = order is null ? (int)row : order[row];
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        RowGuard.CheckAtRow(_row);
        id = new DataViewRowId((ulong)_row, 0); // the row's own, in whatever order it comes
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        Delegate getter = column.Name == RowSetView.LabelColumn ? (ValueGetter<uint>)GetLabel : (ValueGetter<VBuffer<float>>)GetValues;
        return RowGuard.Cast<TValue>(getter, column);
    }

    public SpanGetter<T>? GetSpanGetter<T>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return column.Name == RowSetView.LabelColumn ? null : (Delegate)(SpanGetter<float>)WriteValues as SpanGetter<T>;
    }

    private void GetValues(ref VBuffer<float> values)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref values, _rows.Size);
        WriteValues(editor.Values);
        values = editor.Commit();
    }

    private void WriteValues(Span<float> values)
    {
        RowGuard.CheckAtRow(_row);
        _rows.CopyTo(_row, values);
    }

    private void GetLabel(ref uint label)
    {
        RowGuard.CheckAtRow(_row);
        label = (uint)(_rows.Labels.Span[_row] + 1); // keys count from 1; 0 is a missing label
    }
}
