using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A figure as the table prints it.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Parameters">Numbers that training changed.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Seconds">Time of the training, validation included.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Ours">The figure.</param>
/// <param name="Documented">The document's; null where it prints none.</param>
/// <param name="AtMost">The aim; null without one.</param>
internal sealed record RowResult(
    string Id, long Parameters, int Epochs, double Seconds, string Metric, double? Ours, double? Documented, double? AtMost)
{
    /// <summary>Whether the aim is reached; null without one.</summary>
    public bool? Passed => AtMost is { } most ? Ours <= most : null;

    /// <summary>The results of a row's run.</summary>
    /// <param name="row">The row.</param>
    /// <param name="run">Its run.</param>
    /// <param name="other">Other rows' runs by their id, for aims that hang on them.</param>
    public static IEnumerable<RowResult> Of(SeedRow row, RunRecord run, Func<string, RunRecord?> other) => row.Figures.Select(figure => new RowResult(
        row.Id,
        run.Model.Parameters,
        run.History!.Epochs.Count,
        run.History.Seconds,
        figure.Metric,
        figure.Ours(run),
        figure.Documented,
        figure.AtMost(run, other)));
}

/// <summary>A row that could not be trained, exported or verified.</summary>
/// <param name="Id">The architecture.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record RowFailure(string Id, string Reason);
