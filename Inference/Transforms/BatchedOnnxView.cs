using Microsoft.ML;

namespace OnnxAE.Inference.Transforms;

/// <summary>A view with the outputs of a model behind its source's columns.</summary>
internal sealed class BatchedOnnxView(IDataView source, BatchedOnnxTransformer transformer, DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema => schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        OnnxModelDefinition definition = transformer.Definition;
        int sourceCount = source.Schema.Count;
        HashSet<int> active = [.. columnsNeeded.Select(c => c.Index)];
        int[] outputs = [.. Enumerable.Range(0, definition.Outputs.Count).Where(i => active.Contains(sourceCount + i))];
        DataViewSchema.Column[] passed = [.. source.Schema.Where(c => active.Contains(c.Index))];
        if (outputs.Length == 0)
            return new PassThroughCursor(source.GetRowCursor(passed, rand), schema);

        DataViewSchema.Column[] inputs = [.. definition.Inputs.Select(t => source.Schema[t.Name])];
        DataViewRowCursor rows = source.GetRowCursor(passed.Concat(inputs).DistinctBy(c => c.Index), rand);
        int capacity = transformer.BatchSize;
        BatchRunner? runner = null;
        try
        {
            runner = new(definition, transformer.AcquireSession(), outputs, capacity);
            return new BatchedOnnxCursor(rows, schema, passed, inputs, outputs, definition, runner, capacity);
        }
        catch
        {
            runner?.Dispose();
            rows.Dispose();
            throw;
        }
    }

    // One cursor: ONNX Runtime spreads a batch over the cores itself, and what follows splits the rows as it likes.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
