using OnnxAE.Training;

namespace OnnxAE.Pipelines.Reproduce;

/// <summary>A figure of a row, beside what its document prints.</summary>
/// <param name="Metric">What it is.</param>
/// <param name="Ours">The figure of a run; null where the run is too short for it.</param>
internal sealed record SeedFigure(string Metric, Func<RunRecord, double?> Ours)
{
    /// <summary>The document's figure; null where it prints none.</summary>
    public double? Documented { get; init; }

    /// <summary>What ours is to be at most; null without an aim. Some aims hang on another row's run, which may not be there yet.</summary>
    public Func<RunRecord, Func<string, RunRecord?>, double?> AtMost { get; init; } = (_, _) => null;

    /// <summary>A figure that the document prints and that ours is to reach.</summary>
    public static SeedFigure Reaching(string metric, double documented, Func<RunRecord, double?> ours) =>
        new(metric, ours) { Documented = documented, AtMost = (_, _) => documented };
}
