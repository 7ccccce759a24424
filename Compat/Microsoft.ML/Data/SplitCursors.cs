using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Several cursors that share the rows of one, for threads to work on side by side. Whichever needs rows takes the next block
/// of them; blocks are numbered as batches, so that their order can be found again.
/// </summary>
internal sealed class SplitCursors
{
    private const int BlockSize = 64;

    private readonly Lock _lock = new();
    private readonly DataViewRowCursor _input;
    private int _open;
    private long _batches;

    private SplitCursors(DataViewRowCursor input, int count)
    {
        _input = input;
        _open = count;
    }

    public static DataViewRowCursor[] Create(DataViewRowCursor input, int count)
    {
        var shared = new SplitCursors(input, count);
        var cursors = new DataViewRowCursor[count];
        for (int i = 0; i < count; i++)
            cursors[i] = new Cursor(shared);
        return cursors;
    }

    /// <summary>Lets <paramref name="load"/> copy rows into the slots of a block; returns how many there were, and the block's number.</summary>
    private (int Count, long Batch) Take(Action<int> load)
    {
        lock (_lock)
        {
            int count = 0;
            for (; count < BlockSize && _input.MoveNext(); count++)
                load(count);
            return (count, _batches++);
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            if (--_open == 0)
                _input.Dispose();
        }
    }

    private sealed class Cursor : RootCursorBase
    {
        private readonly SplitCursors _shared;
        private readonly Delegate[] _getters;
        private readonly Action<int> _load;
        private readonly DataViewRowId[] _ids = new DataViewRowId[BlockSize];
        private long _batch;
        private int _count;
        private int _slot;
        private bool _isClosed;

        public Cursor(SplitCursors shared)
        {
            _shared = shared;
            Schema = shared._input.Schema;
            _getters = new Delegate[Schema.Count];
            ValueGetter<DataViewRowId> getId = shared._input.GetIdGetter();
            _load = slot => getId(ref _ids[slot]);
            foreach (DataViewSchema.Column column in Schema.Where(shared._input.IsColumnActive))
            {
                ColumnStore store = ColumnStore.Create(column.Type);
                _load += store.CreateLoader(shared._input, column);
                _getters[column.Index] = store.CreateGetter(GetSlot);
            }
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => _batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return RowCursorUtils.Cast<TValue>(_getters[column.Index]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[GetSlot()];

        protected override bool MoveNextCore()
        {
            if (++_slot < _count)
                return true;
            (_count, _batch) = _shared.Take(_load);
            _slot = 0;
            return _count > 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isClosed)
            {
                _isClosed = true;
                _shared.Close();
            }
            base.Dispose(disposing);
        }

        private int GetSlot()
        {
            Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
            return _slot;
        }
    }
}
