using System.Runtime.ExceptionServices;

namespace OnnxAE.Inference;

/// <summary>
/// Gives batches to one consumer, in order, and scores them when their outputs are first asked for. From then on helpers
/// read and score the batches that follow while the consumer is at work; a consumer that is faster does the same instead
/// of waiting. One that stops asking for outputs stops the helpers too.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    private const int Spare = 2; // batches besides those being scored: one at the consumer, one ready for it
    private const int Patience = 100; // milliseconds that a helper waits for room: a slow consumer needs no new one for each batch

    private readonly Lock _reading = new(); // held by the thread that reads; taken before the other one
    private readonly object _lock = new();
    private readonly BatchReader _reader;
    private readonly SharedSession.Lease _lease;
    private readonly int[] _outputs;
    private readonly int _mostHelpers;
    private readonly RowBatch[] _ring;
    private long _current = -1; // the consumer's batch
    private long _read; // batches read
    private int _helpers; // threads that have not ended
    private bool _isAtEnd;
    private bool _isAsked; // for outputs, of the batch before
    private bool _isAskedNow; // of the consumer's batch; only its thread knows
    private bool _isDisposed;
    private ExceptionDispatchInfo? _error;

    /// <param name="reader">Reads the rows; disposed with this.</param>
    /// <param name="lease">A hold on the session; disposed with this.</param>
    /// <param name="outputs">The outputs to compute.</param>
    /// <param name="concurrent">Most batches to score at a time.</param>
    public ReadAhead(BatchReader reader, SharedSession.Lease lease, int[] outputs, int concurrent)
    {
        _reader = reader;
        _lease = lease;
        _outputs = outputs;
        _mostHelpers = concurrent - 1;
        _ring = [.. Enumerable.Range(0, RingSize(concurrent)).Select(i => new RowBatch(i))];
    }

    /// <summary>Number of batches in memory at a time.</summary>
    public static int RingSize(int concurrent) => concurrent == 1 ? 1 : concurrent + Spare;

    /// <summary>The next batch, or null behind the last. The one before it is given up.</summary>
    public RowBatch? MoveNext(RowBatch? last)
    {
        lock (_lock)
        {
            if (last is not null)
            {
                _isAsked = _isAskedNow;
                while (last.IsClaimed && !last.IsScored) // a helper is at work on it, and nobody wants it
                {
                    Monitor.Wait(_lock);
                }
            }

            _isAskedNow = false;
            if (TakeNext() is { } ready)
            {
                return ready;
            }
        }

        lock (_reading) // unless a helper reads it just now
        {
            if (!IsThere)
            {
                Read(isClaimed: false);
            }
        }

        lock (_lock)
        {
            if (TakeNext() is { } read)
            {
                return read;
            }
        }

        _error?.Throw();
        return null;
    }

    /// <summary>Computes the outputs of the consumer's batch, unless somebody has.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public void Score(RowBatch batch)
    {
        _isAskedNow = true;
        if (!batch.IsScored)
        {
            ScoreOrHelp(batch);
        }

        batch.Error?.Throw();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            Monitor.PulseAll(_lock);
            while (_helpers > 0)
            {
                Monitor.Wait(_lock);
            }
        }

        foreach (RowBatch batch in _ring)
        {
            _lease.ReturnTensors(batch.Tensors);
        }

        _lease.Dispose();
        _reader.Dispose();
    }

    // Called with the lock held.
    private RowBatch? TakeNext()
    {
        if (_isDisposed || !IsThere)
        {
            return null;
        }

        _current++;
        Monitor.PulseAll(_lock); // there is room
        StartHelper();
        return _ring[_current % _ring.Length];
    }

    private void ScoreOrHelp(RowBatch batch)
    {
        bool isMine;
        lock (_lock)
        {
            _isAsked = true;
            isMine = !batch.IsClaimed;
            batch.IsClaimed = true;
            Monitor.PulseAll(_lock); // outputs are wanted
            StartHelper();
        }

        if (isMine)
        {
            Run(batch);
        }

        while (!batch.IsScored)
        {
            if (ReadInstead() is { } other)
            {
                Run(other);
                continue;
            }

            lock (_lock)
            {
                while (!batch.IsScored)
                {
                    Monitor.Wait(_lock);
                }
            }
        }
    }

    // What a helper does.
    private void Help()
    {
        lock (_lock)
        {
            StartHelper();
        }

        while (WaitForRoom())
        {
            RowBatch? batch;
            lock (_reading)
            {
                batch = ReadWhereRoom();
            }

            if (batch is not null)
            {
                Run(batch);
            }
        }
    }

    // False when there is nothing left to do, or nothing for long: the helper ends, and another may be started.
    private bool WaitForRoom()
    {
        lock (_lock)
        {
            bool isPatient = true;
            while (isPatient && !IsOver && !IsWanted)
            {
                isPatient = Monitor.Wait(_lock, Patience);
            }

            if (!IsOver && IsWanted)
            {
                return true;
            }

            _helpers--;
            Monitor.PulseAll(_lock);
            return false;
        }
    }

    // The consumer's turn to read; null where somebody reads just now, or where there is no room or no row.
    private RowBatch? ReadInstead()
    {
        if (!_reading.TryEnter())
        {
            return null;
        }

        try
        {
            return ReadWhereRoom();
        }
        finally
        {
            _reading.Exit();
        }
    }

    // Only while reading is locked.
    private RowBatch? ReadWhereRoom()
    {
        lock (_lock)
        {
            if (!IsWanted)
            {
                return null;
            }
        }

        return Read(isClaimed: true);
    }

    // Whether the batch behind the consumer's is read.
    private bool IsThere => _current + 1 < _read;

    // Whether a batch should be read ahead: the consumer's, and those behind it that are read, leave room in the ring.
    private bool IsWanted => _isAsked && _read - Math.Max(_current, 0) < _ring.Length;

    private bool IsOver => _isAtEnd || _isDisposed;

    // The next batch, or null at the end; only while reading is locked.
    private RowBatch? Read(bool isClaimed)
    {
        if (IsOver)
        {
            return null;
        }

        RowBatch batch = _ring[_read % _ring.Length];
        bool any = false;
        try
        {
            any = _reader.Read(batch);
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }

        batch.IsClaimed = isClaimed;
        lock (_lock)
        {
            _isAtEnd = !any;
            if (any)
            {
                _read++;
            }
            else
            {
                Monitor.PulseAll(_lock);
            }
        }

        return any ? batch : null;
    }

    private void Run(RowBatch batch)
    {
        try
        {
            batch.Tensors.Run(_lease.Session, batch.Count, _outputs);
        }
        catch (Exception e) // the consumer gets it, on whichever thread it was found
        {
            batch.Error = ExceptionDispatchInfo.Capture(e);
        }

        batch.IsScored = true;
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }

    // Called with the lock held. One at a time: a helper starts the next.
    private void StartHelper()
    {
        if (_helpers == _mostHelpers || !_reader.IsGrown || IsOver || !IsWanted)
        {
            return;
        }

        // A thread of its own: one of the pool's was seen to share the consumer's processor for many batches. It takes the
        // reader's culture along, and what else flows: the source's code runs on it.
        try
        {
            new Thread(Help) { IsBackground = true, Name = "OnnxAE read-ahead" }.Start();
            _helpers++;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // No thread to be had: those that there are do the work.
        }
    }
}
