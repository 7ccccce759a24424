namespace Microsoft.ML.Data;

/// <summary>
/// One cursor made of a set whose cursors are each read on a thread of their own. Rows come in the order of their batches, which
/// is that of a cursor read alone.
/// </summary>
internal sealed class ConsolidatedCursor : BlockCursorBase
{
    private readonly BlockReader[] _readers;
    private BlockReader _current;
    private bool _isStarted;
    private bool _isClosed;

    private ConsolidatedCursor(DataViewRowCursor[] inputs)
        : base(inputs[0].Schema, new RowBlock(inputs[0])) => _readers = Array.ConvertAll(inputs, input => new BlockReader(input));

    /// <summary>A cursor over a view that computes its rows side by side, if its set of cursors has more than one.</summary>
    public static DataViewRowCursor Open(IDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand)
    {
        int threads = Math.Max(2, Environment.ProcessorCount - 1); // as many as ML.NET takes; the reader of the rows has work too
        DataViewRowCursor[] inputs = view.GetRowCursorSet(columnsNeeded, threads, view.CanShuffle ? rand : null);
        return inputs.Length == 1 ? inputs[0] : new ConsolidatedCursor(inputs);
    }

    protected override RowBlock NextBlock()
    {
        if (!_isStarted)
            Array.ForEach(_readers, reader => reader.Start());
        _isStarted = true;
        _current?.Release();
        _current = null;
        // A cursor's batches only go up, so that no earlier one can follow once each cursor shows its next.
        _current = _readers.Where(reader => reader.Peek() is not null).MinBy(reader => reader.Peek().Batch);
        return _current?.Peek();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            Array.ForEach(_readers, reader => reader.Stop());
            Array.ForEach(_readers, reader => reader.Dispose());
        }
        base.Dispose(disposing);
    }
}
