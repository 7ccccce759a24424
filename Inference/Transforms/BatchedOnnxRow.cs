using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference.Data;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// A row with the model's outputs beside its columns. The model runs when the first of its values is asked for, once a
/// position. For one thread, like the row that it is made of.
/// </summary>
internal sealed class BatchedOnnxRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly OutputLayout _layout;
    private readonly OnnxModelDefinition _definition;
    private readonly HashSet<int> _active;
    private readonly int[] _outputs;
    private readonly InputFeed[] _feeds = [];
    private readonly SharedSession.Lease? _lease;
    private readonly BatchTensors? _tensors;
    private long _scored = -1; // a position

    public BatchedOnnxRow(DataViewRow input, OutputLayout layout, BatchedOnnxTransformer transformer, HashSet<int> active, int[] outputs)
    {
        _input = input;
        _layout = layout;
        _definition = transformer.Definition;
        _active = active;
        _outputs = outputs;
        if (outputs.Length == 0)
            return;
        _feeds = transformer.CreateFeeds(input, new Dictionary<int, ColumnBuffer>());
        _lease = transformer.AcquireSession();
        _tensors = _lease.RentTensors(1);
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
            : RowGuard.Cast<TValue>(_definition.CreateGetter(output, Score), column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lease?.ReturnTensors(_tensors);
            _lease?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private BatchTensors Score(out int row)
    {
        row = 0;
        if (_scored != Position || _scored < 0)
        {
            foreach (InputFeed feed in _feeds)
                feed.Read(_tensors!, row, buffer: 0);
            _tensors!.Run(_lease!.Session, 1, _outputs);
            _scored = Position;
        }

        return _tensors!;
    }
}
