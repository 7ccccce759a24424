using System.Collections.Concurrent;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads a cursor on a thread of its own, a few blocks ahead of the thread that takes them. The cursor is its own to close.</summary>
internal sealed class BlockReader : IDisposable
{
    // One to fill, one that is full, one that is being read, and one in reserve: what bounds the memory.
    private const int BlockCount = 4;

    private readonly DataViewRowCursor _input;
    private readonly BlockingCollection<RowBlock> _free = [];
    private readonly BlockingCollection<RowBlock> _full = [];
    private Task _reading = Task.CompletedTask;
    private RowBlock _next;
    private Exception _failure;
    private volatile bool _isStopped;

    public BlockReader(DataViewRowCursor input)
    {
        _input = input;
        for (int i = 0; i < BlockCount; i++)
            _free.Add(new RowBlock(input));
    }

    /// <summary>The thread lives as long as there are rows: a task of the pool might wait for another that found no thread.</summary>
    public void Start() => _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The next block, which stays the next one; null where there is none. Waits for it.</summary>
    /// <exception cref="InvalidOperationException">The cursor failed; the inner exception says how.</exception>
    public RowBlock Peek()
    {
        if (_next is null && !_full.TryTake(out _next, Timeout.Infinite) && _failure is not null)
            throw Contracts.ExceptWorker(_failure);
        return _next;
    }

    /// <summary>Done with the present next block: its place is free for more rows.</summary>
    public void Release()
    {
        _free.Add(_next);
        _next = null;
    }

    /// <summary>Lets the thread end after the row that it is at.</summary>
    public void Stop()
    {
        _isStopped = true;
        _free.CompleteAdding();
    }

    public void Dispose()
    {
        Stop();
        _reading.Wait();
        _input.Dispose();
        _free.Dispose();
        _full.Dispose();
    }

    private void Read()
    {
        try
        {
            bool more = _input.MoveNext();
            while (more && _free.TryTake(out RowBlock block, Timeout.Infinite))
            {
                block.Clear(_input.Batch);
                do
                {
                    block.Add();
                    more = !_isStopped && _input.MoveNext();
                }
                while (more && !block.IsFull && _input.Batch == block.Batch);
                _full.Add(block);
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }
        finally
        {
            _full.CompleteAdding();
        }
    }
}
