namespace OnnxAE.Pipelines;

/// <summary>A model of a run as floats and as integers.</summary>
internal sealed record QuantizedFile
{
    /// <summary>The file of floats.</summary>
    public required string File { get; init; }

    /// <summary>The file of integers.</summary>
    public required string QuantizedFileName { get; init; }

    /// <summary>Whether the latter is in the run now.</summary>
    public bool Kept { get; init; }

    /// <summary>Layers that multiply integers; without any there is no file, and nothing to measure.</summary>
    public int Layers { get; init; }

    /// <summary>Layers that still multiply floats.</summary>
    public int Skipped { get; init; }

    /// <summary>Bytes of the file of floats.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of the file of integers.</summary>
    public long? QuantizedBytes { get; init; }

    /// <summary>Seconds of the one over seconds of the other on the same rows and batches, the median of the rounds; above 1, integers are faster.</summary>
    public double? SpeedRatio { get; init; }

    /// <summary>Rows of a call.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Mean squared error of test images through floats; null where the file has no part in a reconstruction.</summary>
    public double? Error { get; init; }

    /// <summary>The same with this one file in integers.</summary>
    public double? QuantizedError { get; init; }

    /// <summary>Accuracy from 1 % of the labels on the features that the file gives, or the classifier's own; null for other files.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The same in integers.</summary>
    public double? QuantizedAccuracy { get; init; }
}
