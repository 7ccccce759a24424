using Microsoft.ML;

namespace OnnxAE.Inference;

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

        IEnumerable<DataViewSchema.Column> inputs = definition.ColumnInputs.Select(t => source.Schema[t.Name]);
        SharedSession.Lease lease = transformer.AcquireSession();
        DataViewRowCursor? rows = null;
        try
        {
            rows = source.GetRowCursor(passed.Concat(inputs).DistinctBy(c => c.Index), rand);
            int concurrent = transformer.ConcurrentBatches;
            Dictionary<int, ColumnBuffer> buffers = passed.ToDictionary(
                c => c.Index, c => ColumnBuffer.Create(rows, c, ReadAhead.RingSize(concurrent)));
            BatchReader reader = new(rows, buffers.Values, transformer.CreateFeeds(rows, buffers), lease, transformer.BatchSize);
            ReadAhead batches = new(reader, lease, outputs, concurrent);
            return new BatchedOnnxCursor(layout, definition, buffers, outputs, batches);
        }
        catch
        {
            rows?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    // One cursor: it computes batches on all cores itself, and what follows splits the rows as it likes.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
