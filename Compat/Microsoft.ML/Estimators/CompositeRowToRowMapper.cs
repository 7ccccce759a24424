using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Several mappers, one after the other.</summary>
internal sealed class CompositeRowToRowMapper(DataViewSchema inputSchema, IReadOnlyList<IRowToRowMapper> mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Count > 0 ? mappers[^1].OutputSchema : inputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mappers.Reverse().Aggregate(dependingColumns, (needed, mapper) => mapper.GetDependencies(needed));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckValue(activeColumns, nameof(activeColumns));
        Contracts.CheckParam(input.Schema == InputSchema, nameof(input), "Schema did not match original schema");
        var needed = new IEnumerable<DataViewSchema.Column>[mappers.Count];
        for (int i = mappers.Count - 1; i >= 0; i--)
            needed[i] = i == mappers.Count - 1 ? [.. activeColumns] : [.. mappers[i + 1].GetDependencies(needed[i + 1])];
        DataViewRow row = input;
        for (int i = 0; i < mappers.Count; i++)
            row = mappers[i].GetRow(row, needed[i]);
        return row;
    }
}
