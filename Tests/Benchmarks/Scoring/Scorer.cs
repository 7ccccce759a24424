namespace OnnxAE.Benchmarks;

/// <summary>One way to score the rows, and the speed of its rounds.</summary>
internal abstract class Scorer : IDisposable
{
    private const double ShortestSeconds = 0.5; // of a round: one pass of a small network takes 30 ms only
    private const int RestMilliseconds = 100; // until the threads of the scorer before have gone to sleep

    /// <summary>The library, and what of it was set.</summary>
    public abstract string Name { get; }

    /// <summary>Rows a second, round by round.</summary>
    public List<double> Rates { get; } = [];

    /// <summary>Rows a second of processor time, which other programs hardly change.</summary>
    public List<double> ProcessorRates { get; } = [];

    /// <summary>Scores some rows.</summary>
    /// <returns>Seconds.</returns>
    public abstract double Score(int first, int count);

    /// <summary>Scores some rows, again and again until the round is long enough.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="isKept">Whether the round counts.</param>
    public void Measure(int first, int count, bool isKept)
    {
        Thread.Sleep(RestMilliseconds);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double seconds = 0;
        long rows = 0;
        for (; seconds < ShortestSeconds; rows += count)
        {
            seconds += Score(first, count);
        }

        if (isKept)
        {
            Rates.Add(rows / seconds);
            ProcessorRates.Add(rows / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
