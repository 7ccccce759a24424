using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What came of scoring a file.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Device">Where it ran.</param>
/// <param name="BatchSize">Most rows of one call.</param>
/// <param name="Rows">Rows written, missing ones among them.</param>
/// <param name="ValuesPerRow">Numbers a row.</param>
/// <param name="BadRows">Rows that could not be used.</param>
/// <param name="FirstBadRows">The first of them.</param>
/// <param name="Seconds">From the first row read to the last one written.</param>
/// <param name="RowsPerSecond">Rows written a second.</param>
/// <param name="PeakResidentBytes">The most memory that the process has had.</param>
/// <param name="Slices">Speed and memory along the way.</param>
internal sealed record ScoringResult(
    string Model,
    string Device,
    int BatchSize,
    long Rows,
    int ValuesPerRow,
    long BadRows,
    IReadOnlyList<BadRow> FirstBadRows,
    double Seconds,
    double RowsPerSecond,
    long PeakResidentBytes,
    IReadOnlyList<ScoringSlice> Slices);

/// <summary>A part of the way.</summary>
/// <param name="Rows">Rows written when it ended.</param>
/// <param name="RowsPerSecond">Rows a second within it.</param>
/// <param name="ResidentBytes">Memory of the process when it ended.</param>
internal sealed record ScoringSlice(long Rows, double RowsPerSecond, long ResidentBytes);

/// <summary>
/// Measures speed and memory after every so many rows. The list stays short: when it is full, every second entry goes,
/// and slices become twice as long.
/// </summary>
internal sealed class SliceLog(TimeProvider time)
{
    private const int FirstSlice = 100_000;
    private const int MostSlices = 128;

    private readonly List<(long Rows, double Seconds, long Bytes)> _marks = [];
    private readonly long _start = time.GetTimestamp();
    private long _slice = FirstSlice;
    private long _next = FirstSlice;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Speed and memory along the way; the first slice is never merged away.</summary>
    public IReadOnlyList<ScoringSlice> Slices
    {
        get
        {
            IEnumerable<(long Rows, double Seconds, long Bytes)> before = _marks.Prepend(default);
            return [.. _marks.Zip(before, (mark, last) =>
                new ScoringSlice(mark.Rows, Quantity.PerSecond(mark.Rows - last.Rows, mark.Seconds - last.Seconds), mark.Bytes))];
        }
    }

    /// <summary>Takes note of how many rows are written.</summary>
    public void Count(long rows)
    {
        if (rows < _next)
        {
            return;
        }

        _marks.Add((rows, Seconds, Environment.WorkingSet));
        if (_marks.Count == MostSlices)
        {
            _slice *= 2;
            for (int i = _marks.Count - 1; i > 0; i--)
            {
                if (_marks[i].Rows % _slice != 0)
                {
                    _marks.RemoveAt(i);
                }
            }
        }

        _next = (rows / _slice * _slice) + _slice;
    }
}
