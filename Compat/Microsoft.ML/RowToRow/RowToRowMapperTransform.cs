using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view that adds a mapper's columns to those of its source; also the mapper of single rows.</summary>
internal sealed class RowToRowMapperTransform(IDataView source, IRowMapper mapper) : IDataView, IRowToRowMapper
{
    private readonly ColumnBindings _bindings = new(source.Schema, mapper.GetOutputColumns());

    /// <summary>A mapper of rows alone, with no data behind it.</summary>
    public RowToRowMapperTransform(DataViewSchema inputSchema, IRowMapper mapper)
        : this(new EmptyDataView(inputSchema), mapper)
    {
    }

    public DataViewSchema Schema => _bindings.Schema;

    public DataViewSchema InputSchema => _bindings.InputSchema;

    public DataViewSchema OutputSchema => _bindings.Schema;

    public bool CanShuffle => source.CanShuffle;

    public static DataViewSchema GetOutputSchema(DataViewSchema inputSchema, IRowMapper mapper) =>
        new ColumnBindings(inputSchema, mapper.GetOutputColumns()).Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        ConsolidatedCursor.Open(this, columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        DataViewRowCursor[] inputs = source.GetRowCursorSet(_bindings.GetInputColumns(active, mapper), n, rand);
        if (inputs.Length == 1 && n > 1 && _bindings.HasAdded(active)) // there is something to compute side by side
            inputs = SplitCursors.Create(inputs[0], n);
        return Array.ConvertAll(inputs, input => (DataViewRowCursor)new MappedCursor(input, _bindings, mapper, active));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        _bindings.GetInputColumns(RowCursorUtils.GetActive(dependingColumns, Schema), mapper);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new MappedRow(input, _bindings, mapper, RowCursorUtils.GetActive(activeColumns, Schema));
    }
}
