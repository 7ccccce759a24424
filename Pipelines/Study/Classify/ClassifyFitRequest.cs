using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What the command line asks of <c>classify fit</c>.</summary>
internal sealed record ClassifyFitRequest
{
    /// <summary>Share of a known data set's labels that is used where nothing else is said.</summary>
    public const double DefaultFraction = 0.01;

    /// <summary>A known data set, a folder with four IDX files, a file of rows, or a folder of pictures.</summary>
    public required string Data { get; init; }

    /// <summary>A file of labels; null for data that has its own.</summary>
    public string? Labels { get; init; }

    /// <summary>Share of each class's labels that is used; null for all, or 1 % of a known data set's.</summary>
    public double? Fraction { get; init; }

    /// <summary>Of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The encoder; null trains one.</summary>
    public EncoderSpec? Encoder { get; init; }

    /// <summary>What stands on the features.</summary>
    public HeadKind Method { get; init; } = HeadKind.Mlp;

    /// <summary>Whether labels spread to the rows that have none.</summary>
    public bool Spreads { get; init; } = true;

    /// <summary>Whether to write one ONNX file too.</summary>
    public bool Fuse { get; init; }

    /// <summary>The run folder.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What becomes of pixels; null divides bytes by 255 and leaves numbers as they are.</summary>
    public BytePixels? Pixels { get; init; }
}
