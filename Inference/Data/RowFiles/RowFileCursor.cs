using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Walks over the rows of a file, and does with bad ones what shall be done.</summary>
internal sealed class RowFileCursor<T>(RowFileView view, RowReader<T> reader, IEnumerable<DataViewSchema.Column> columnsNeeded)
    : DataViewRowCursor, ISpanRow
    where T : unmanaged, INumber<T>
{
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(c => c.Index)];
    private long _given;
    private bool _isAtRow;
    private bool _isAtEnd;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _isAtRow ? _given - 1 : -1;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        _isAtRow = false;
        while (!_isAtEnd)
        {
            _isAtEnd = !reader.MoveNext();
            if (_isAtEnd)
                break;
            if (reader.Fault is not null && !Accept(new BadRow(reader.Row + 1, reader.Place, reader.Fault)))
                continue;
            _given++;
            _isAtRow = true;
            break;
        }

        return _isAtRow;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)RowNumber(), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        Delegate getter = column.Name switch
        {
            RowFileView.ValuesColumn => (ValueGetter<VBuffer<T>>)GetValues,
            RowFileView.RowColumn => (ValueGetter<long>)((ref long row) => row = RowNumber()),
            RowFileView.MissingColumn => (ValueGetter<bool>)((ref bool isMissing) => isMissing = RowNumber() >= 0 && reader.Fault is not null),
            _ => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> name) => name = RowNumber() >= 0 ? reader.Name.AsMemory() : default),
        };
        return RowGuard.Cast<TValue>(getter, column);
    }

    public SpanGetter<TValue>? GetSpanGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return column.Name == RowFileView.ValuesColumn ? (Delegate)(SpanGetter<T>)WriteValues as SpanGetter<TValue> : null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            reader.Dispose();
        base.Dispose(disposing);
    }

    // Whether a bad row is given, as a missing one.
    private bool Accept(BadRow row)
    {
        if (view.Options.OnBadRow == BadRowHandling.Stop)
        {
            _isAtEnd = true;
            throw new InvalidDataException($"'{view.SourceName}', {row}.");
        }

        view.Options.BadRowFound?.Invoke(row);
        return view.Options.OnBadRow == BadRowHandling.Null;
    }

    private long RowNumber()
    {
        RowGuard.CheckAtRow(_isAtRow ? 0 : -1);
        return reader.Row;
    }

    private void GetValues(ref VBuffer<T> values)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref values, reader.Values.Length);
        WriteValues(editor.Values);
        values = editor.Commit();
    }

    private void WriteValues(Span<T> values)
    {
        RowGuard.CheckAtRow(_isAtRow ? 0 : -1);
        if (reader.Fault is null)
            reader.Values.CopyTo(values);
        else
            values.Clear();
    }
}
