using System.Runtime.ExceptionServices;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// Gives batches to one consumer, in order, and scores them when their outputs are first asked for. From then on helpers
/// of the thread pool read and score the batches that follow while the consumer is at work; a consumer that is faster
/// does the same instead of waiting. One that stops asking for outputs stops the helpers too.
/// </summary>
internal sealed class ReadAhead : IThreadPoolWorkItem, IDisposable
{
    private const int Spare = 2; // batches besides those being scored: one at the consumer, one ready for it

    private readonly object _lock = new();
    private readonly BatchReader _reader;
    private readonly SharedSession.Lease _lease;
    private readonly int[] _outputs;
    private readonly int _mostHelpers;
    private readonly RowBatch[] _ring;
    private long _current = -1; // the consumer's batch
    private long _read; // batches read
    private int _helpers;
    private int _working; // helpers that have begun
    private bool _isReading;
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
            if (_isDisposed)
                return null;
            if (last is not null)
                _isAsked = _isAskedNow;
            _isAskedNow = false;

            while (_current + 1 == _read)
            {
                if (_isReading)
                    Monitor.Wait(_lock);
                else if (_isAtEnd)
                    return End();
                else
                    Read(_current + 1, isClaimed: false);
            }

            _current++;
            StartHelpers();
            return _ring[_current % _ring.Length];
        }
    }

    /// <summary>Computes the outputs of the consumer's batch, unless somebody has.</summary>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public void Score(RowBatch batch)
    {
        _isAskedNow = true;
        if (!batch.IsScored)
            ScoreOrHelp(batch);
        batch.Error?.Throw();
    }

    /// <summary>What a helper does.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _working++;
        }

        while (ReadNext(isHelper: true) is { } batch)
            Run(batch);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Monitor.PulseAll(_lock);
            while (_working > 0)
                Monitor.Wait(_lock);
        }

        foreach (RowBatch batch in _ring)
            _lease.ReturnTensors(batch.Tensors);
        _lease.Dispose();
        _reader.Dispose();
    }

    private RowBatch? End()
    {
        _error?.Throw();
        return null;
    }

    private void ScoreOrHelp(RowBatch batch)
    {
        bool isMine;
        lock (_lock)
        {
            _isAsked = true;
            isMine = !batch.IsClaimed;
            batch.IsClaimed = true;
            StartHelpers();
        }

        if (isMine)
            Run(batch);
        while (!batch.IsScored)
        {
            if (ReadNext(isHelper: false) is { } other)
            {
                Run(other);
                continue;
            }

            lock (_lock)
            {
                while (!batch.IsScored)
                    Monitor.Wait(_lock);
            }
        }
    }

    // The next batch to score; null where there is no room, no row or no wish. A helper that gets null has ended.
    private RowBatch? ReadNext(bool isHelper)
    {
        lock (_lock)
        {
            while (_isReading && isHelper && !_isDisposed)
                Monitor.Wait(_lock);
            long next = _read;
            if (!_isDisposed && !_isReading && !_isAtEnd && _isAsked && HasRoom && Read(next, isClaimed: true))
                return _ring[next % _ring.Length];
            if (isHelper)
            {
                _helpers--;
                _working--;
                Monitor.PulseAll(_lock);
            }

            return null;
        }
    }

    // The consumer's batch, and those behind it that are read, are in the ring.
    private bool HasRoom => _read - Math.Max(_current, 0) < _ring.Length;

    // Called with the lock held, gives it up while it reads.
    private bool Read(long number, bool isClaimed)
    {
        RowBatch batch = _ring[number % _ring.Length];
        _isReading = true;
        bool any = false;
        Monitor.Exit(_lock);
        try
        {
            any = _reader.Read(batch);
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            Monitor.Enter(_lock);
            _isReading = false;
            _isAtEnd |= !any;
            if (any)
            {
                batch.IsClaimed = isClaimed;
                _read++;
            }

            Monitor.PulseAll(_lock);
        }

        return any;
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
            Monitor.PulseAll(_lock);
    }

    private void StartHelpers()
    {
        while (_helpers < _mostHelpers && _isAsked && _reader.IsGrown && !_isAtEnd && HasRoom)
        {
            _helpers++;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
