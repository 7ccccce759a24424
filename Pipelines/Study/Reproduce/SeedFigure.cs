using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A figure of a row, beside what its document prints.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Ours">The figure of a run; null where the run is too short for it.</param>
internal sealed record SeedFigure(string Metric, Func<RunRecord, double?> Ours)
{
    /// <summary>The document's figure; null where it prints none.</summary>
    public double? Documented { get; init; }

    /// <summary>What ours is to be at most; null without an aim. Some aims hang on another row's run, which may not be there yet.</summary>
    public Func<RunRecord, Func<string, RunRecord?>, double?> AtMost { get; init; } = (_, _) => null;

    /// <summary>A figure that the document prints, rounded as it is, and that ours is to reach: rounded alike, it is no larger.</summary>
    public static SeedFigure Reaching(string metric, decimal documented, Func<RunRecord, double?> ours)
    {
        double printed = (double)documented;
        double rounding = Math.Pow(10, -documented.Scale) / 2;
        return new SeedFigure(metric, ours) { Documented = printed, AtMost = (_, _) => printed + rounding };
    }
}
