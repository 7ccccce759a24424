using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view that appends a mapper's columns to those of its source; also the mapper of single rows.</summary>
internal sealed class RowToRowMapperTransform : IDataView, IRowToRowMapper
{
    private readonly IDataView _source;
    private readonly IRowMapper _mapper;

    public RowToRowMapperTransform(IDataView source, IRowMapper mapper)
    {
        _source = source;
        _mapper = mapper;
        InputSchema = source.Schema;
        Schema = GetOutputSchema(source.Schema, mapper);
    }

    /// <summary>A mapper of rows alone, with no data behind it.</summary>
    public RowToRowMapperTransform(DataViewSchema inputSchema, IRowMapper mapper)
        : this(new EmptyDataView(inputSchema), mapper)
    {
    }

    public DataViewSchema Schema { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => Schema;

    public bool CanShuffle => _source.CanShuffle;

    public static DataViewSchema GetOutputSchema(DataViewSchema inputSchema, IRowMapper mapper)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        builder.AddColumns(mapper.GetOutputColumns());
        return builder.ToSchema();
    }

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        return new MappedCursor(_source.GetRowCursor(GetInputColumns(active), rand), Schema, _mapper, active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        DataViewRowCursor[] inputs = _source.GetRowCursorSet(GetInputColumns(active), n, rand);
        return Array.ConvertAll(inputs, input => (DataViewRowCursor)new MappedCursor(input, Schema, _mapper, active));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        GetInputColumns(RowCursorUtils.GetActive(dependingColumns, Schema));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, Schema, _mapper, RowCursorUtils.GetActive(activeColumns, Schema));
    }

    private DataViewSchema.Column[] GetInputColumns(bool[] active)
    {
        Func<int, bool> needed = _mapper.GetDependencies(i => active[InputSchema.Count + i]);
        return [.. InputSchema.Where(c => active[c.Index] || needed(c.Index))];
    }
}
