using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Rows of a file that a model is to score: with the columns <see cref="RowFileView.RowColumn"/> and <see cref="RowFileView.MissingColumn"/>.</summary>
internal interface IRowView : IDataView
{
    /// <summary>What the source is called in messages.</summary>
    string SourceName { get; }

    /// <summary>The shape of a row in the file.</summary>
    IReadOnlyList<int> RowShape { get; }

    /// <summary>Rows that the file says it has, bad ones among them; null where it says nothing.</summary>
    long? AnnouncedRows { get; }
}

/// <summary>A file of rows as ML.NET sees it. Nothing of it is kept in memory but the row that a cursor is at.</summary>
internal sealed class RowFileView : IRowView
{
    public const string ValuesColumn = "Values";
    public const string RowColumn = "Row";
    public const string MissingColumn = "IsMissing";
    public const string NameColumn = "Name";

    private readonly RowSource _source;
    private readonly long? _rowCount;
    private RowReader? _onlyReader; // of a source that can be read once

    /// <exception cref="InvalidDataException">The file is damaged, or its rows have another size.</exception>
    public RowFileView(RowSource source, RowFileOptions options)
    {
        _source = source;
        Options = options;
        RowReader reader = RowReaders.Open(source, options);
        RowShape = reader.RowShape.Count > 0 ? reader.RowShape : [1];
        _rowCount = options.OnBadRow == BadRowHandling.Skip ? null : reader.RowCount;
        AnnouncedRows = reader.RowCount;
        DataViewSchema.Builder schema = new();
        schema.AddColumn(ValuesColumn, new VectorDataViewType(reader.ValueType, RowShape.ToArray()));
        schema.AddColumn(RowColumn, NumberDataViewType.Int64);
        schema.AddColumn(MissingColumn, BooleanDataViewType.Instance);
        if (reader.HasNames)
        {
            schema.AddColumn(NameColumn, TextDataViewType.Instance);
        }

        Schema = schema.ToSchema();
        if (source.IsRepeatable)
        {
            reader.Dispose();
        }
        else
        {
            _onlyReader = reader;
        }
    }

    public RowFileOptions Options { get; }

    /// <summary>What the source is called in messages.</summary>
    public string SourceName => _source.Name;

    /// <summary>The shape of a row in the file.</summary>
    public IReadOnlyList<int> RowShape { get; }

    /// <summary>Rows that the file says it has, bad ones among them; null where it says nothing.</summary>
    public long? AnnouncedRows { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        RowReader reader = _source.IsRepeatable ? RowReaders.Open(_source, Options)
            : Interlocked.Exchange(ref _onlyReader, null)
                ?? throw new InvalidOperationException($"'{_source.Name}' can be read once, and has been: save it to a file first.");
        return reader.CreateCursor(this, columnsNeeded);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

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
            {
                break;
            }

            if (reader.Fault is not null && !Accept(new BadRow(reader.Row + 1, reader.Place, reader.Fault)))
            {
                continue;
            }

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
        {
            reader.Dispose();
        }

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
        {
            reader.Values.CopyTo(values);
        }
        else
        {
            values.Clear();
        }
    }
}
