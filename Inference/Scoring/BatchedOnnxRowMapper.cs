using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Puts the model's outputs beside a row's columns, whatever row it is given.</summary>
internal sealed class BatchedOnnxRowMapper(BatchedOnnxTransformer transformer, DataViewSchema inputSchema, OutputLayout layout) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => layout.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        DataViewSchema.Column[] depending = [.. dependingColumns];
        HashSet<int> needed = [.. depending.Select(layout.SourceOf)];
        if (depending.Any(c => layout.OutputOf(c) >= 0))
            needed.UnionWith(transformer.Definition.ColumnInputs.Select(t => inputSchema[t.Name].Index));
        return inputSchema.Where(c => needed.Contains(c.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (input.Schema != inputSchema)
            throw new ArgumentException("The row has another schema than the mapper was made for.", nameof(input));
        DataViewSchema.Column[] active = [.. activeColumns.DistinctBy(c => c.Index)];
        int[] outputs = [.. active.Select(layout.OutputOf).Where(i => i >= 0).Order()];
        return new BatchedOnnxRow(input, layout, transformer, [.. active.Select(c => c.Index)], outputs);
    }
}
