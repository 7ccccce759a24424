
namespace OnnxAE.Pipelines;

/// <summary>An arm against the control, draw by draw on the same labels.</summary>
/// <param name="Mean">Mean difference of the accuracies; above 0 where the arm is better.</param>
/// <param name="Sd">Sample standard deviation of the differences.</param>
/// <param name="T">Student's paired t, mean over standard error; null for a single draw or differences that are all alike.</param>
/// <param name="Better">Draws in which the arm is better.</param>
/// <param name="Worse">Draws in which it is worse.</param>
internal sealed record PairedDifference(double Mean, double Sd, double? T, int Better, int Worse)
{
    /// <summary>Compares accuracies of the same draws.</summary>
    public static PairedDifference Of(IReadOnlyList<double> arm, IReadOnlyList<double> control)
    {
        double[] differences = [.. arm.Zip(control, (ours, theirs) => ours - theirs)];
        DrawSummary summary = DrawSummary.Of(differences);
        return new PairedDifference(
            summary.Mean,
            summary.Sd,
            summary.Sd > 0 ? summary.Mean / (summary.Sd / Math.Sqrt(differences.Length)) : null,
            differences.Count(difference => difference > 0),
            differences.Count(difference => difference < 0));
    }
}
