namespace OnnxAE.Pipelines;

/// <summary>
/// Measures speed and memory after every so many rows. The list stays short: when it is full, every second entry goes,
/// and slices become twice as long.
/// </summary>
internal sealed class SliceLog(TimeProvider time)
{
    private const int FirstSlice = 100_000;
    private const int MostSlices = 128;

    private readonly List<(long Rows, double Seconds, long Bytes)> marks = [];
    private readonly long start = time.GetTimestamp();
    private long slice = FirstSlice;
    private long next = FirstSlice;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => time.GetElapsedTime(start).TotalSeconds;

    /// <summary>Speed and memory along the way; the first slice is never merged away.</summary>
    public IReadOnlyList<ScoringSlice> Slices
    {
        get
        {
            var slices = new List<ScoringSlice>(marks.Count);
            (long Rows, double Seconds, long Bytes) before = default;
            foreach (var mark in marks)
            {
                double seconds = mark.Seconds - before.Seconds;
                slices.Add(new ScoringSlice(mark.Rows, seconds > 0 ? (mark.Rows - before.Rows) / seconds : 0, mark.Bytes));
                before = mark;
            }

            return slices;
        }
    }

    /// <summary>Takes note of how many rows are written.</summary>
    public void Count(long rows)
    {
        if (rows < next)
        {
            return;
        }

        marks.Add((rows, Seconds, Environment.WorkingSet));
        if (marks.Count == MostSlices)
        {
            slice *= 2;
            for (int i = marks.Count - 1; i > 0; i--)
            {
                if (marks[i].Rows % slice != 0)
                {
                    marks.RemoveAt(i);
                }
            }
        }

        next = (rows / slice * slice) + slice;
    }
}

/// <summary>A part of the way.</summary>
/// <param name="Rows">Rows written when it ended.</param>
/// <param name="RowsPerSecond">Rows a second within it.</param>
/// <param name="ResidentBytes">Memory of the process when it ended.</param>
internal sealed record ScoringSlice(long Rows, double RowsPerSecond, long ResidentBytes);
