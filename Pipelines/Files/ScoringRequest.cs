using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Which rows are scored, by what, and where the results go.</summary>
internal sealed record ScoringRequest
{
    /// <summary>What the rows are put through.</summary>
    public required ScoringKind Kind { get; init; }

    /// <summary>A run folder or an ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>A file, a folder of pictures, or <c>-</c>.</summary>
    public required string Input { get; init; }

    /// <summary>Format of the input; null tells it by name or content.</summary>
    public RowFileFormat? InputFormat { get; init; }

    /// <summary>Where the results go.</summary>
    public required OutputTarget Output { get; init; }

    /// <summary>What becomes of bad rows.</summary>
    public BadRowHandling OnError { get; init; }

    /// <summary>A csv file for a list of all bad rows; null writes none.</summary>
    public string? BadRowsFile { get; init; }

    /// <summary>What becomes of bytes; null asks the model.</summary>
    public BytePixels? Pixels { get; init; }

    /// <summary>Cells of a csv line to pass over.</summary>
    public int SkippedCells { get; init; }

    /// <summary>Whether a csv line begins with the row's name, or its number.</summary>
    public bool WithRows { get; init; }

    /// <summary>Rows of one call; 0 chooses.</summary>
    public int BatchSize { get; init; }

    /// <summary>The CUDA device; null for the CPU.</summary>
    public int? GpuDeviceId { get; init; }
}

/// <summary>What rows are put through.</summary>
internal enum ScoringKind
{
    /// <summary>The encoder: pixels to codes.</summary>
    Encode,

    /// <summary>The encoder up to the layer before its code.</summary>
    Features,

    /// <summary>The decoder: codes to pixels.</summary>
    Decode,

    /// <summary>The whole autoencoder: pixels to pixels.</summary>
    Reconstruct,

    /// <summary>The whole autoencoder, of noisy pixels.</summary>
    Denoise,

    /// <summary>Any model: all of its outputs side by side.</summary>
    Score,

    /// <summary>The whole autoencoder: the mean squared error of each reconstruction, a score of how anomalous the row is.</summary>
    Error,
}
