using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference.Data;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// Reads rows ahead, runs the model once for all of them, and gives them out one by one in their order. The model runs
/// when the first of its values is asked for: rows whose outputs nobody reads cost nothing.
/// </summary>
internal sealed class BatchedOnnxCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly OutputLayout _layout;
    private readonly BatchRunner _runner;
    private readonly InputFeed[] _feeds;
    private readonly Dictionary<int, ColumnBuffer> _passed;
    private readonly ColumnBuffer[] _passedColumns;
    private readonly int[] _outputs;
    private readonly int[] _outputSizes;
    private readonly ValueGetter<DataViewRowId> _getSourceId;
    private readonly DataViewRowId[] _ids;
    private long _position = -1;
    private long _rowsBefore; // those of earlier batches
    private int _slot = -1;
    private int _filled;
    private bool _hasRun;
    private bool _isAtEnd;

    public BatchedOnnxCursor(
        DataViewRowCursor source,
        OutputLayout layout,
        IEnumerable<DataViewSchema.Column> passed,
        IReadOnlyList<DataViewSchema.Column> inputs,
        int[] outputs,
        OnnxModelDefinition definition,
        BatchRunner runner,
        int capacity)
    {
        _source = source;
        _layout = layout;
        _runner = runner;
        _outputs = outputs;
        _outputSizes = [.. outputs.Select(i => definition.Outputs[i].RowSize)];
        _getSourceId = source.GetIdGetter();
        _ids = new DataViewRowId[capacity];
        _passed = passed.ToDictionary(c => c.Index, c => ColumnBuffer.Create(source, c, capacity));
        _passedColumns = [.. _passed.Values];
        _feeds = [.. inputs.Select((c, i) => new InputFeed(source, c, definition.Inputs[i], _passed.GetValueOrDefault(c.Index)))];
    }

    public override DataViewSchema Schema => _layout.Schema;

    public override long Position => _position;

    public override long Batch => 0; // the only cursor of its set

    public override bool IsColumnActive(DataViewSchema.Column column)
        => _passed.ContainsKey(_layout.SourceOf(column)) || OutputOf(column) >= 0;

    public override bool MoveNext()
    {
        if (++_slot >= _filled && !Fill())
        {
            _position = -1;
            return false;
        }

        _position = _rowsBefore + _slot;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[CurrentSlot()];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        Delegate getter = _passed.TryGetValue(_layout.SourceOf(column), out ColumnBuffer? buffer)
            ? buffer.CreateGetter(CurrentSlot)
            : CreateOutputGetter(OutputOf(column));
        return RowGuard.Cast<TValue>(getter, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runner.Dispose();
            _source.Dispose();
            _isAtEnd = true;
            _filled = 0;
            _position = -1;
        }

        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<float>> CreateOutputGetter(int output)
    {
        int size = _outputSizes[output];
        return (ref VBuffer<float> value) =>
        {
            int slot = CurrentSlot();
            if (!_hasRun)
            {
                _runner.Run(_filled);
                _hasRun = true;
            }

            VBufferEditor<float> editor = VBufferEditor.Create(ref value, size);
            _runner.OutputRow(output, slot).CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private bool Fill()
    {
        _rowsBefore += _filled;
        _slot = 0;
        _hasRun = false;
        for (_filled = 0; _filled < _ids.Length && !_isAtEnd; _filled++)
        {
            if (!_source.MoveNext())
            {
                _isAtEnd = true;
                break;
            }

            _getSourceId(ref _ids[_filled]);
            foreach (ColumnBuffer column in _passedColumns)
                column.Read(_filled);
            for (int i = 0; i < _feeds.Length; i++)
                _feeds[i].CopyTo(_runner.InputRow(i, _filled), _filled);
        }

        return _filled > 0;
    }

    private int CurrentSlot()
    {
        RowGuard.CheckAtRow(_position);
        return _slot;
    }

    // The number of a column among the computed outputs, -1 for another column.
    private int OutputOf(DataViewSchema.Column column) => Array.IndexOf(_outputs, _layout.OutputOf(column));
}
