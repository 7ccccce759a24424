namespace OnnxAE.Pipelines.Bench;

/// <summary>What one scorer's rounds took.</summary>
internal sealed class RoundTimes(int rounds)
{
    /// <summary>Rows a second, round by round.</summary>
    public double[] Rates { get; } = new double[rounds];

    /// <summary>Rows a second of processor time, of this process's: other programs hardly change it.</summary>
    public double[] ProcessorRates { get; } = new double[rounds];

    /// <summary>Lets a scorer score rows, and takes note.</summary>
    public void Measure(IScorer scorer, int round, int first, int count)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Rates[round] = count / scorer.Score(first, count);
        ProcessorRates[round] = count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
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
