using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A file of rows as ML.NET sees it. Nothing of it is kept in memory but the row that a cursor is at.</summary>
internal sealed class RowFileView : IDataView
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
        if (source.IsFolder)
            schema.AddColumn(NameColumn, TextDataViewType.Instance);
        Schema = schema.ToSchema();
        if (source.IsRepeatable)
            reader.Dispose();
        else
            _onlyReader = reader;
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
