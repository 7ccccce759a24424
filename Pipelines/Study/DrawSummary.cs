namespace OnnxAE.Pipelines;

/// <summary>One figure over several draws of the labels.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Sd">Their sample standard deviation (n - 1); 0 for a single draw.</param>
/// <param name="Draws">The figure of each draw, in order.</param>
internal sealed record DrawSummary(double Mean, double Sd, IReadOnlyList<double> Draws)
{
    /// <summary>Summarises at least one draw.</summary>
    public static DrawSummary Of(IReadOnlyList<double> draws)
    {
        double mean = draws.Average();
        double sd = draws.Count > 1 ? Math.Sqrt(draws.Sum(x => (x - mean) * (x - mean)) / (draws.Count - 1)) : 0;
        return new DrawSummary(mean, sd, draws);
    }
}
