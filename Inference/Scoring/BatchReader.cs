using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Reads rows of a source into batches: the columns to pass on, the ids and the model's inputs. One thread at a time.
/// Batches start small, so that the first rows are there soon, and grow.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    private const int Growth = 4;

    private readonly DataViewRowCursor _source;
    private readonly ColumnBuffer[] _passed;
    private readonly InputFeed[] _feeds;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly SharedSession.Lease _lease;
    private readonly int _mostRows;
    private readonly bool _isFixed;
    private int _nextRows;
    private long _rowsRead;
    private ExceptionDispatchInfo? _error;

    /// <param name="source">The rows; disposed with the reader.</param>
    /// <param name="passed">Columns to keep.</param>
    /// <param name="feeds">Readers of the model's inputs.</param>
    /// <param name="lease">A hold on the session.</param>
    /// <param name="mostRows">Rows of a grown batch.</param>
    public BatchReader(DataViewRowCursor source, IEnumerable<ColumnBuffer> passed, InputFeed[] feeds, SharedSession.Lease lease, int mostRows)
    {
        _source = source;
        _passed = [.. passed];
        _feeds = feeds;
        _lease = lease;
        _mostRows = mostRows;
        _getId = source.GetIdGetter();
        _isFixed = lease.Definition.BatchRows > 0;
        _nextRows = _isFixed ? mostRows : 1;
    }

    /// <summary>Whether batches have their full size.</summary>
    public bool IsGrown => _nextRows == _mostRows;

    /// <summary>Reads the next rows; false at the end.</summary>
    /// <remarks>An error of the source comes after the rows in front of it.</remarks>
    public bool Read(RowBatch batch)
    {
        batch.Count = 0;
        batch.FirstPosition = _rowsRead;
        batch.IsClaimed = false;
        batch.IsScored = false;
        batch.Error = null;
        _error?.Throw();
        int rows = _nextRows;
        _nextRows = Math.Min(_mostRows, _nextRows * Growth);
        Reserve(batch, rows);
        try
        {
            while (batch.Count < rows && _source.MoveNext())
            {
                int row = batch.Count;
                _getId(ref batch.Ids[row]);
                foreach (ColumnBuffer column in _passed)
                {
                    column.Read(batch.Buffer, row);
                }

                foreach (InputFeed feed in _feeds)
                {
                    feed.Read(batch.Tensors, row, batch.Buffer);
                }

                batch.Count++;
            }

            if (batch.Count < rows)
            {
                Array.ForEach(_feeds, feed => feed.Complete());
            }
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
            if (batch.Count == 0)
            {
                throw;
            }
        }

        _rowsRead += batch.Count;
        return batch.Count > 0;
    }

    public void Dispose() => _source.Dispose();

    private void Reserve(RowBatch batch, int rows)
    {
        if (batch.Ids.Length < rows)
        {
            batch.Ids = new DataViewRowId[rows];
        }

        foreach (ColumnBuffer column in _passed)
        {
            column.Reserve(batch.Buffer, rows);
        }

        if (batch.Tensors is not null && batch.Tensors.Capacity >= rows)
        {
            return;
        }

        batch.Tensors?.Dispose();
        batch.Tensors = null!;
        batch.Tensors = _lease.RentTensors(rows);
    }
}

/// <summary>A batch of rows: what was read of them, and how far their scoring is.</summary>
/// <param name="buffer">Its number, that of its buffers in every <see cref="ColumnBuffer"/>.</param>
internal sealed class RowBatch(int buffer)
{
    private volatile bool _isScored;

    public int Buffer => buffer;

    /// <summary>Inputs and outputs; they have room for the rows.</summary>
    public BatchScorer Tensors { get; set; } = null!;

    /// <summary>The rows' ids.</summary>
    public DataViewRowId[] Ids { get; set; } = [];

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>Position of the first row among all.</summary>
    public long FirstPosition { get; set; }

    /// <summary>Whether somebody scores it, or has done so.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether the outputs, or <see cref="Error"/>, are there.</summary>
    public bool IsScored
    {
        get => _isScored;
        set => _isScored = value;
    }

    /// <summary>Why the outputs could not be computed.</summary>
    public ExceptionDispatchInfo? Error { get; set; }
}
