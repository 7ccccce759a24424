namespace OnnxAE.Pipelines.Bench;

/// <summary>What one scorer's rounds took.</summary>
internal sealed class RoundTimes(int rounds)
{
    /// <summary>What a scorer's round takes at least.</summary>
    public const double ShortestSeconds = 0.5;

    private const int RestMilliseconds = 100; // onnxruntime-node collects its garbage after it has answered

    /// <summary>Rows a second, round by round.</summary>
    public double[] Rates { get; } = new double[rounds];

    /// <summary>Rows a second of processor time, of this process's: other programs hardly change it.</summary>
    public double[] ProcessorRates { get; } = new double[rounds];

    /// <summary>
    /// Lets a scorer score rows, again and again until <see cref="ShortestSeconds"/> are over, and takes note. Before that
    /// whatever the scorer before it left behind comes to rest: one pass of a small network takes 30 ms only.
    /// </summary>
    public void Measure(IScorer scorer, int round, int first, int count)
    {
        Thread.Sleep(RestMilliseconds);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double seconds = 0;
        long rows = 0;
        for (; seconds < ShortestSeconds; rows += count)
        {
            seconds += scorer.Score(first, count);
        }

        Rates[round] = rows / seconds;
        ProcessorRates[round] = rows / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>The median of the ratios, round by round.</summary>
    public static double Ratio(double[] ours, double[] theirs) => Median([.. ours.Zip(theirs, (a, b) => a / b)]);

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
