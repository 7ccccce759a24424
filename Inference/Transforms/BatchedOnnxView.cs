using Microsoft.ML;

namespace OnnxAE.Inference.Transforms;

/// <summary>A view with the outputs of a model beside its source's columns.</summary>
internal sealed class BatchedOnnxView(IDataView source, BatchedOnnxTransformer transformer, OutputLayout layout) : IDataView
{
    public DataViewSchema Schema => layout.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        OnnxModelDefinition definition = transformer.Definition;
        DataViewSchema.Column[] active = [.. columnsNeeded.DistinctBy(c => c.Index)];
        int[] outputs = [.. active.Select(layout.OutputOf).Where(i => i >= 0).Order()];
        DataViewSchema.Column[] passed = [.. active.Select(layout.SourceOf).Where(i => i >= 0).Order().Select(i => source.Schema[i])];
        if (outputs.Length == 0)
            return new PassThroughCursor(source.GetRowCursor(passed, rand), layout);

        DataViewSchema.Column[] inputs = [.. definition.Inputs.Select(t => source.Schema[t.Name])];
        DataViewRowCursor rows = source.GetRowCursor(passed.Concat(inputs).DistinctBy(c => c.Index), rand);
        int capacity = transformer.BatchSize;
        BatchRunner? runner = null;
        try
        {
            runner = new(definition, transformer.AcquireSession(), outputs, capacity);
            return new BatchedOnnxCursor(rows, layout, passed, inputs, outputs, definition, runner, capacity);
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
