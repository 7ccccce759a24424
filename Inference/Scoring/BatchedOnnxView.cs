using Microsoft.ML;
using Microsoft.ML.Data;

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
        {
            return new PassThroughCursor(source.GetRowCursor(passed, rand), layout);
        }

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

/// <summary>
/// Reads rows ahead, runs the model once for all of them, and gives them out one by one in their order. The model runs
/// when the first of its values is asked for: rows whose outputs nobody reads cost nothing.
/// </summary>
/// <param name="layout">Where the outputs stand among the columns.</param>
/// <param name="definition">The model.</param>
/// <param name="passed">The buffers of the source's columns that are asked for.</param>
/// <param name="outputs">The outputs that are asked for.</param>
/// <param name="batches">The rows; disposed with the cursor.</param>
internal sealed class BatchedOnnxCursor(
    OutputLayout layout,
    OnnxModelDefinition definition,
    IReadOnlyDictionary<int, ColumnBuffer> passed,
    int[] outputs,
    ReadAhead batches) : DataViewRowCursor
{
    private RowBatch? _batch;
    private int _row = -1;

    public override DataViewSchema Schema => layout.Schema;

    public override long Position => _batch is null ? -1 : _batch.FirstPosition + _row;

    public override long Batch => 0; // the only cursor of its set

    public override bool IsColumnActive(DataViewSchema.Column column)
        => passed.ContainsKey(layout.SourceOf(column)) || outputs.Contains(layout.OutputOf(column));

    public override bool MoveNext()
    {
        if (_batch is not null && ++_row < _batch.Count)
        {
            return true;
        }

        RowBatch? last = _batch;
        (_batch, _row) = (null, 0); // no row, should there be an error
        _batch = batches.MoveNext(last);
        return _batch is not null;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Current().Ids[_row];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        Delegate getter = passed.TryGetValue(layout.SourceOf(column), out ColumnBuffer? buffer)
            ? buffer.CreateGetter(() => (Current().Buffer, _row))
            : definition.CreateGetter(layout.OutputOf(column), LocateOutput);
        return RowGuard.Cast<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _batch = null;
            batches.Dispose();
        }

        base.Dispose(disposing);
    }

    private BatchScorer LocateOutput(out int row)
    {
        RowBatch batch = Current();
        batches.Score(batch);
        row = _row;
        return batch.Tensors;
    }

    private RowBatch Current()
    {
        RowGuard.CheckAtRow(_batch is null ? -1 : 0);
        return _batch!;
    }
}

/// <summary>A cursor over the source's columns when nobody asks for the model's: the model isn't run, and nothing is read ahead.</summary>
internal sealed class PassThroughCursor(DataViewRowCursor source, OutputLayout layout) : WrappingCursor(source)
{
    public override DataViewSchema Schema => layout.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column)
        => layout.SourceOf(column) is >= 0 and int index && Source.IsColumnActive(Source.Schema[index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return Source.GetGetter<TValue>(Source.Schema[layout.SourceOf(column)]);
    }
}
