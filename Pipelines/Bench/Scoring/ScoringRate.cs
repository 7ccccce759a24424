namespace OnnxAE.Pipelines.Bench;

/// <summary>How fast an encoder scores rows: ours, stock ML.NET, and ONNX Runtime by itself.</summary>
internal sealed record ScoringRate
{
    /// <summary>The network's id.</summary>
    public required string Id { get; init; }

    /// <summary>Rows that each scorer scored, in all rounds together or in each.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether each round scored a part of them.</summary>
    public required bool IsSliced { get; init; }

    /// <summary>Rows a second of ours through an ML.NET cursor; the median of the rounds, as all rates here.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>Rows of its calls at most.</summary>
    public required int BatchSize { get; init; }

    /// <summary>ONNX Runtime at its best setting.</summary>
    public required double RawRowsPerSecond { get; init; }

    /// <summary>That setting.</summary>
    public required string RawSetting { get; init; }

    /// <summary>Stock <c>ApplyOnnxModel</c> as it comes.</summary>
    public required double StockRowsPerSecond { get; init; }

    /// <summary>The same with one thread within an operator.</summary>
    public required double TunedStockRowsPerSecond { get; init; }

    /// <summary>onnxruntime-node at its best setting; null without it.</summary>
    public double? NodeRowsPerSecond { get; init; }

    /// <summary>That setting.</summary>
    public string? NodeSetting { get; init; }

    /// <summary>Ours over ONNX Runtime's best, the median of the rounds' ratios.</summary>
    public required double RatioToRaw { get; init; }

    /// <summary>The same by the processor time of both, which other programs hardly change.</summary>
    public required double ProcessorRatioToRaw { get; init; }

    /// <summary>Ours over stock, likewise.</summary>
    public required double RatioToStock { get; init; }

    /// <summary>Ours over tuned stock, likewise.</summary>
    public required double RatioToTunedStock { get; init; }

    /// <summary>Bytes that a pass of ours allocates for each row, on all threads; the least of all passes.</summary>
    public required double BytesPerRow { get; init; }

    /// <summary>Milliseconds from the file to the first code: session, estimator, transformer and cursor made anew.</summary>
    public required double FirstRowMilliseconds { get; init; }

    /// <summary>What the figures ought to be.</summary>
    public IReadOnlyList<ScoringAim> Aims => ScoringAim.Of(this);

    /// <summary>Rows a second of each scorer in each round.</summary>
    public required IReadOnlyDictionary<string, double[]> Rounds { get; init; }
}
