using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Conformance;

/// <summary>Walks over a table. A cursor of a set takes every so manieth batch of rows.</summary>
internal sealed class TableCursor(
    Table table, IEnumerable<DataViewSchema.Column> columns, int[] order, int first, int cursorCount, Action closed) : DataViewRowCursor
{
    private const int RowsPerBatch = 5; // few, so that small tables have many

    private readonly HashSet<int> _active = [.. columns.Select(c => c.Index)];
    private readonly IEnumerator<int> _places = Enumerable.Range(0, order.Length)
        .Where(place => place / RowsPerBatch % cursorCount == first).GetEnumerator();
    private long _position = -1;
    private bool _isClosed;

    public override DataViewSchema Schema => table.Schema;

    public override long Position => _position;

    public override long Batch => cursorCount == 1 || _position < 0 ? 0 : _places.Current / RowsPerBatch;

    private ReadRow Row => _position >= 0
        ? table.Rows[order[_places.Current]]
        : throw new InvalidOperationException("A value was asked for before the first row or after the last.");

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        bool moved = !_isClosed && _places.MoveNext();
        _position = moved ? _position + 1 : -1;
        return moved;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Row.Id;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"The column '{column.Name}' was not asked for.");
        }

        return ColumnValues.CreateGetter(column.Type, () => Row.Values[column.Index]!, table.IsSparse) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isClosed)
        {
            closed();
        }

        _isClosed = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
