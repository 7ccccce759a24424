using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A table as ML.NET sees it. Nothing of it is kept in memory but the row that a cursor is at.</summary>
internal sealed class TableView : IRowView
{
    private readonly long? _rowCount;

    /// <param name="source">The file.</param>
    /// <param name="format">How it is laid out.</param>
    /// <param name="places">Places in the file of the columns.</param>
    /// <param name="columns">The columns, by name and kind.</param>
    /// <param name="rowCount">Number of rows; null where nobody counted.</param>
    /// <param name="verbatim">Columns whose text stays as it is, even where it says that something is missing.</param>
    /// <param name="countsRows">Whether there are columns of each row's number, and of whether it is missing, which none is.</param>
    public TableView(
        RowSource source,
        TextTableFormat format,
        IReadOnlyList<int> places,
        IEnumerable<(string Name, TableColumnKind Kind)> columns,
        long? rowCount,
        bool countsRows = false,
        IEnumerable<string>? verbatim = null)
    {
        Verbatim = [.. verbatim ?? []];
        (Source, Format, Places, _rowCount) = (source, format, places, rowCount);
        DataViewSchema.Builder schema = new();
        foreach ((string name, TableColumnKind kind) in columns)
        {
            schema.AddColumn(name, kind == TableColumnKind.Number ? NumberDataViewType.Single : TextDataViewType.Instance);
        }

        if (countsRows)
        {
            schema.AddColumn(RowFileView.RowColumn, NumberDataViewType.Int64);
            schema.AddColumn(RowFileView.MissingColumn, BooleanDataViewType.Instance);
        }

        Schema = schema.ToSchema();
    }

    public RowSource Source { get; }

    /// <summary>Columns whose text stays as it is.</summary>
    public HashSet<string> Verbatim { get; }

    public string SourceName => Source.Name;

    public IReadOnlyList<int> RowShape => [Places.Count];

    public long? AnnouncedRows => _rowCount;

    public TextTableFormat Format { get; }

    /// <summary>Places in the file of the view's columns.</summary>
    public IReadOnlyList<int> Places { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>The columns of a table that a model reads, each as the kind that the model was fitted on.</summary>
    /// <param name="source">The file.</param>
    /// <param name="input">The model's input.</param>
    /// <exception cref="InvalidDataException">The file lacks a column, or is no table.</exception>
    public static TableView For(RowSource source, DataViewSchema input)
    {
        TextTableFormat format = TextTableReader.ReadFormat(source);
        List<int> places = [];
        List<(string, TableColumnKind)> columns = [];
        foreach (DataViewSchema.Column column in input)
        {
            int place = format.Names.ToList().IndexOf(column.Name);
            if (place < 0)
            {
                throw new InvalidDataException($"'{source.Name}' has the columns {string.Join(", ", format.Names.Take(30))}, and the model reads '{column.Name}' too: give it a table with the headings that it was trained on.");
            }

            if (column.Name is RowFileView.RowColumn or RowFileView.MissingColumn)
            {
                throw new InvalidDataException($"The model reads a column '{column.Name}', a name that is taken here: give the column another one before you train.");
            }

            places.Add(place);
            columns.Add((column.Name, column.Type is NumberDataViewType ? TableColumnKind.Number : TableColumnKind.Category));
        }

        return new TableView(source, format, places, columns, rowCount: null, countsRows: true);
    }

    public long? GetRowCount() => _rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        return new TableCursor(this, columnsNeeded);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>Walks over the rows of a table.</summary>
internal sealed class TableCursor(TableView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
{
    private const int MostPooled = 4096;

    private readonly TextTableReader _reader = TextTableReader.Open(view.Source, view.Format);
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(c => c.Index)];
    private readonly HashSet<string> _pool = new(StringComparer.Ordinal); // texts come again and again
    private long _row = -1;
    private bool _isAtRow;
    private bool _isAtEnd;

    public override DataViewSchema Schema => view.Schema;

    public override long Position => _isAtRow ? _row : -1;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        _isAtRow = !_isAtEnd && _reader.MoveNext();
        _isAtEnd = !_isAtRow;
        _row++;
        return _isAtRow;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        RowGuard.CheckAtRow(_isAtRow ? 0 : -1);
        id = new DataViewRowId((ulong)_row, 0);
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        if (column.Index >= view.Places.Count)
        {
            return RowGuard.Cast<TValue>(column.Type is BooleanDataViewType
                ? (ValueGetter<bool>)((ref bool isMissing) => isMissing = false)
                : (ValueGetter<long>)((ref long row) => row = _row), column);
        }

        int place = view.Places[column.Index];
        bool isVerbatim = view.Verbatim.Contains(column.Name);
        Delegate getter = column.Type is NumberDataViewType
            ? (ValueGetter<float>)((ref float value) => value = Number(place))
            : (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = Text(place, isVerbatim).AsMemory());
        return RowGuard.Cast<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private float Number(int place)
    {
        RowGuard.CheckAtRow(_isAtRow ? 0 : -1);
        ReadOnlySpan<char> cell = _reader[place];
        return TableCells.TryParse(cell, out float value) ? value
            : TableCells.IsMissing(cell) ? float.NaN
            : throw new InvalidDataException($"'{view.Source.Name}', line {_reader.Line:N0}: found '{TableText.Show(cell.ToString())}', expected a number. Has the file changed?");
    }

    private string Text(int place, bool isVerbatim)
    {
        RowGuard.CheckAtRow(_isAtRow ? 0 : -1);
        ReadOnlySpan<char> cell = _reader[place];
        if (!isVerbatim && TableCells.IsMissing(cell))
        {
            return "";
        }

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> pooled = _pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (pooled.TryGetValue(cell, out string? text))
        {
            return text;
        }

        text = cell.ToString();
        if (_pool.Count < MostPooled)
        {
            _pool.Add(text);
        }

        return text;
    }
}
