using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>What came of <c>classify fit</c>: its figures, and its record <c>run.json</c>.</summary>
internal sealed record ClassifyFitResult
{
    /// <summary>What <see cref="Format"/> says in the files of this version.</summary>
    public const string CurrentFormat = "onnxae-classifier/1";

    /// <summary>The record's format.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>When the run ended.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>What it learned from.</summary>
    public required string Data { get; init; }

    /// <summary>Images in all.</summary>
    public required int Images { get; init; }

    /// <summary>Labels that it used.</summary>
    public required int Labels { get; init; }

    /// <summary>The same of each class.</summary>
    public required IReadOnlyDictionary<string, int> LabelsByClass { get; init; }

    /// <summary>The labeled rows, counted from 0.</summary>
    public required IReadOnlyList<int> LabeledRows { get; init; }

    /// <summary>The encoder's name.</summary>
    public required string Encoder { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string EncoderSha256 { get; init; }

    /// <summary>Features of an image.</summary>
    public required int Features { get; init; }

    /// <summary>What stands on them.</summary>
    public required HeadKind Method { get; init; }

    /// <summary>Whether labels spread to the other rows.</summary>
    public required bool LabelSpreading { get; init; }

    /// <summary>The setting that cross-validation chose.</summary>
    public required double Setting { get; init; }

    /// <summary>What it sets.</summary>
    public required string SettingName { get; init; }

    /// <summary>Of everything that was drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>What hidden labels told; null where no class had two.</summary>
    public required Calibration? Calibration { get; init; }

    /// <summary>On test images that nothing was chosen by; null where there are none.</summary>
    public ClassifyTest? Test { get; init; }

    /// <summary>The largest difference of a probability between the two files, over all images; null without the ONNX file.</summary>
    public double? LargestDifference { get; init; }

    /// <summary>Seconds of each step.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Libraries in use and their versions.</summary>
    public required IReadOnlyList<LibraryVersion> Libraries { get; init; }

    /// <summary>SHA-256 of the run's other files by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
