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
        {
            needed.UnionWith(transformer.Definition.ColumnInputs.Select(t => inputSchema[t.Name].Index));
        }

        return inputSchema.Where(c => needed.Contains(c.Index));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (input.Schema != inputSchema)
        {
            throw new ArgumentException("The row has another schema than the mapper was made for.", nameof(input));
        }

        DataViewSchema.Column[] active = [.. activeColumns.DistinctBy(c => c.Index)];
        int[] outputs = [.. active.Select(layout.OutputOf).Where(i => i >= 0).Order()];
        return new BatchedOnnxRow(input, layout, transformer, [.. active.Select(c => c.Index)], outputs);
    }
}

/// <summary>
/// A row with the model's outputs beside its columns. The model runs when the first of its values is asked for, once a
/// position. For one thread, like the row that it is made of.
/// </summary>
internal sealed class BatchedOnnxRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly OutputLayout _layout;
    private readonly BatchedOnnxTransformer _transformer;
    private readonly HashSet<int> _active;
    private readonly int[] _outputs;
    private readonly InputFeed[] _feeds = [];
    private BatchScorer? _tensors;
    private long _scored = -1; // a position

    public BatchedOnnxRow(DataViewRow input, OutputLayout layout, BatchedOnnxTransformer transformer, HashSet<int> active, int[] outputs)
    {
        _input = input;
        _layout = layout;
        _transformer = transformer;
        _active = active;
        _outputs = outputs;
        if (outputs.Length == 0)
        {
            return;
        }

        _feeds = transformer.CreateFeeds(input, new Dictionary<int, ColumnBuffer>());
        _tensors = transformer.CreateTensors(1);
    }

    public override DataViewSchema Schema => _layout.Schema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
        => _active.Contains(column.Index)
            && (_layout.SourceOf(column) is not (>= 0 and int index) || _input.IsColumnActive(_input.Schema[index]));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        int output = _layout.OutputOf(column);
        return output < 0
            ? _input.GetGetter<TValue>(_input.Schema[_layout.SourceOf(column)])
            : RowGuard.Cast<TValue>(_transformer.Definition.CreateGetter(output, Score), column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Interlocked.Exchange(ref _tensors, null)?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    // Holds the session no longer than a call: a prediction engine never disposes this row, only the transformer.
    private BatchScorer Score(out int row)
    {
        row = 0;
        BatchScorer? tensors = _tensors;
        ObjectDisposedException.ThrowIf(tensors is null, this);
        if (_scored != Position || _scored < 0)
        {
            using SharedSession.Lease lease = _transformer.AcquireSession();
            foreach (InputFeed feed in _feeds)
            {
                feed.Read(tensors, row, buffer: 0);
            }

            tensors.Run(lease.Session, 1, _outputs);
            _scored = Position;
        }

        return tensors;
    }
}
