using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>
/// Where the outputs of a model stand among the columns of its source: one of a name that is there already right behind
/// the column that it hides, the others at the end, as in every view of ML.NET.
/// </summary>
internal sealed class OutputLayout
{
    private readonly List<int> _origins; // of each column: its index in the source, or the complement of the output's

    public OutputLayout(DataViewSchema source, IReadOnlyList<DataViewSchema.DetachedColumn> outputs)
    {
        _origins = [.. Enumerable.Range(0, source.Count)];
        for (int i = 0; i < outputs.Count; i++)
        {
            int hidden = _origins.FindLastIndex(origin => ColumnAt(origin).Name == outputs[i].Name);
            _origins.Insert(hidden < 0 ? _origins.Count : hidden + 1, ~i);
        }

        DataViewSchema.Builder schema = new();
        schema.AddColumns(_origins.Select(ColumnAt));
        Schema = schema.ToSchema();

        DataViewSchema.DetachedColumn ColumnAt(int origin) => origin >= 0 ? new(source[origin]) : outputs[~origin];
    }

    /// <summary>The columns of both.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The index of a column in the source; -1 for an output.</summary>
    public int SourceOf(DataViewSchema.Column column) => Math.Max(_origins[column.Index], -1);

    /// <summary>The number of a column among the outputs; -1 for a column of the source.</summary>
    public int OutputOf(DataViewSchema.Column column) => Math.Max(~_origins[column.Index], -1);
}
