namespace OnnxAE.Pipelines.Bench;

/// <summary>What a figure ought to be.</summary>
/// <param name="Figure">What is measured.</param>
/// <param name="Found">What it is.</param>
/// <param name="Bound">What it ought to reach, or stay within.</param>
/// <param name="IsMost">Whether the bound is the most that it may be, not the least.</param>
internal sealed record ScoringAim(string Figure, double Found, double Bound, bool IsMost = false)
{
    private const double LeastOfRaw = 0.95;
    private const double LeastOfStock = 8; // where a call computes so little that its cost is what counts
    private const double MostBytesPerRow = 16;
    private const double MostFirstRowMilliseconds = 150;
    private const string DenseId = "S3.dense30";

    /// <summary>Whether it is.</summary>
    public bool IsMet => IsMost ? Found <= Bound : Found >= Bound;

    /// <summary>The aims of a network.</summary>
    public static IReadOnlyList<ScoringAim> Of(ScoringRate rate) =>
    [
        new("of ONNX Runtime's best", rate.RatioToRaw, LeastOfRaw),
        .. rate.Id == DenseId ? new[] { new ScoringAim("times stock ML.NET", rate.RatioToStock, LeastOfStock) } : [],
        new("times stock with 1 thread", rate.RatioToTunedStock, 1),
        new("bytes allocated a row", rate.BytesPerRow, MostBytesPerRow, IsMost: true),
        new("ms to the first row", rate.FirstRowMilliseconds, MostFirstRowMilliseconds, IsMost: true),
    ];
}
