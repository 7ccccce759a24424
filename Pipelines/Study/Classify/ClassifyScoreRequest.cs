using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What the command line asks of <c>classify score</c>.</summary>
internal sealed record ClassifyScoreRequest
{
    /// <summary>A run folder, a .zip, or an ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>A file, a folder of pictures, or <c>-</c>.</summary>
    public required string Input { get; init; }

    /// <summary>Format of the input; null tells it by name or content.</summary>
    public RowFileFormat? InputFormat { get; init; }

    /// <summary>Where the results go.</summary>
    public required OutputTarget Output { get; init; }

    /// <summary>Labels to measure by; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>Whether the probabilities of all classes are written.</summary>
    public bool WritesAll { get; init; }

    /// <summary>Rows whose most probable class is less probable get no label; 0 labels all.</summary>
    public double Abstain { get; init; }

    /// <summary>What becomes of bad rows.</summary>
    public BadRowHandling OnError { get; init; }

    /// <summary>A csv file for a list of all bad rows; null writes none.</summary>
    public string? BadRowsFile { get; init; }

    /// <summary>What becomes of pixels; null divides bytes by 255 and leaves numbers as they are.</summary>
    public BytePixels? Pixels { get; init; }

    /// <summary>Cells of a csv line to pass over.</summary>
    public int SkippedCells { get; init; }

    /// <summary>Whether a csv line begins with the row's name, or its number.</summary>
    public bool WithRows { get; init; }
}
