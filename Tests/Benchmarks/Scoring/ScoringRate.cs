namespace OnnxAE.Benchmarks;

/// <summary>How fast an encoder scores rows. Rates and ratios are medians of the rounds.</summary>
/// <param name="Id">The network's id.</param>
/// <param name="Rows">Rows that each scorer scored, in all rounds together or in each.</param>
/// <param name="IsSliced">Whether each round scored a part of them.</param>
/// <param name="RowsPerSecond">Rows a second of ours through an ML.NET cursor.</param>
/// <param name="BatchSize">Rows of its calls at most.</param>
/// <param name="RawRowsPerSecond">ONNX Runtime by itself, at its best setting.</param>
/// <param name="RawSetting">That setting.</param>
/// <param name="StockRowsPerSecond">Stock <c>ApplyOnnxModel</c> as it comes.</param>
/// <param name="TunedStockRowsPerSecond">The same with one thread within an operator.</param>
/// <param name="RatioToRaw">Ours over ONNX Runtime's best.</param>
/// <param name="ProcessorRatioToRaw">The same by the processor time of both, which other programs hardly change.</param>
/// <param name="RatioToStock">Ours over stock.</param>
/// <param name="RatioToTunedStock">Ours over stock with one thread.</param>
/// <param name="BytesPerRow">Bytes that a pass of ours allocates for each row, on all threads; the least of all passes.</param>
/// <param name="FirstRowMilliseconds">From the file to the first code: session, estimator, transformer and cursor made anew.</param>
/// <param name="Rounds">Rows a second of each scorer in each round.</param>
internal sealed record ScoringRate(
    string Id, int Rows, bool IsSliced, double RowsPerSecond, int BatchSize, double RawRowsPerSecond, string RawSetting, double StockRowsPerSecond,
    double TunedStockRowsPerSecond, double RatioToRaw, double ProcessorRatioToRaw, double RatioToStock, double RatioToTunedStock, double BytesPerRow,
    double FirstRowMilliseconds, IReadOnlyDictionary<string, List<double>> Rounds)
{
    /// <summary>What the figures ought to be.</summary>
    public IReadOnlyList<ScoringAim> Aims =>
    [
        new("of ONNX Runtime's best", RatioToRaw, 0.95),
        .. Id == "dense-30" ? new[] { new ScoringAim("times stock ML.NET", RatioToStock, 8) } : [], // a call computes so little that its cost counts
        new("times stock with 1 thread", RatioToTunedStock, 1),
        new("bytes allocated a row", BytesPerRow, 16, IsMost: true),
        new("ms to the first row", FirstRowMilliseconds, 150, IsMost: true),
    ];
}

/// <summary>What a figure ought to be.</summary>
/// <param name="Figure">What is measured.</param>
/// <param name="Found">What it is.</param>
/// <param name="Bound">What it ought to reach, or stay within.</param>
/// <param name="IsMost">Whether the bound is the most that it may be, not the least.</param>
internal sealed record ScoringAim(string Figure, double Found, double Bound, bool IsMost = false)
{
    /// <summary>Whether it is.</summary>
    public bool IsMet => IsMost ? Found <= Bound : Found >= Bound;
}
