using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Several cursors that share the rows of one, for threads to work on side by side. Whichever needs rows takes the next block
/// of them; blocks are numbered as batches, so that their order can be found again.
/// </summary>
internal sealed class SplitCursors
{
    private readonly Lock _lock = new();
    private readonly DataViewRowCursor _input;
    private int _open;
    private long _batches;
    private bool _isOver;

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

    /// <summary>Fills the block with the next rows; returns whether there were any.</summary>
    private bool Take(RowBlock block)
    {
        lock (_lock)
        {
            block.Clear(_batches++);
            try
            {
                while (!_isOver && !block.IsFull)
                {
                    if (_input.MoveNext())
                        block.Add();
                    else
                        _isOver = true;
                }
            }
            catch (Exception e)
            {
                _isOver = true; // for the other cursors; this one tells
                throw Contracts.ExceptWorker(e);
            }
            return block.Count > 0;
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

    private sealed class Cursor : BlockCursorBase
    {
        private readonly SplitCursors _shared;
        private readonly RowBlock _block;
        private bool _isClosed;

        public Cursor(SplitCursors shared)
            : this(shared, new RowBlock(shared._input))
        {
        }

        private Cursor(SplitCursors shared, RowBlock block)
            : base(shared._input.Schema, block)
        {
            _shared = shared;
            _block = block;
        }

        protected override RowBlock NextBlock() => _shared.Take(_block) ? _block : null;

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isClosed)
            {
                _isClosed = true;
                _shared.Close();
            }
            base.Dispose(disposing);
        }
    }
}
