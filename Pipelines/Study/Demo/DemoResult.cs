
namespace OnnxAE.Pipelines;

/// <summary>The demo's figures, as <c>--json</c> writes them. But for the seconds, the same seed gives the same figures.</summary>
internal sealed record DemoResult
{
    /// <summary>Versions of the libraries at work.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>One name for the data whatever their packing.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Id of the network.</summary>
    public required string Architecture { get; init; }

    /// <summary>Seed of everything.</summary>
    public required int Seed { get; init; }

    /// <summary>Passes over the training images.</summary>
    public required int Epochs { get; init; }

    /// <summary>Time of the training alone.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Loss of each epoch on the training images.</summary>
    public required IReadOnlyList<double> TrainLosses { get; init; }

    /// <summary>Loss of each epoch on the test images.</summary>
    public required IReadOnlyList<double> TestLosses { get; init; }

    /// <summary>Loss on the test images at the end.</summary>
    public required double TestLoss { get; init; }

    /// <summary>ONNX against TorchSharp.</summary>
    public required VerifyResult Verify { get; init; }

    /// <summary>How fast the encoder runs as an ML.NET transformer.</summary>
    public required EncodeResult Encode { get; init; }

    /// <summary>Damage undone.</summary>
    public required DenoiseResult Denoise { get; init; }

    /// <summary>What few labels give.</summary>
    public required ClassifyResult Classify { get; init; }

    /// <summary>Path of the report.</summary>
    public required string Report { get; init; }

    /// <summary>Time of each step, in order.</summary>
    public required IReadOnlyList<StepTime> Steps { get; init; }
}

/// <summary>What the denoiser undoes, over all test images.</summary>
/// <param name="Corruption">What was done to the images: what the network was trained to undo.</param>
/// <param name="PsnrNoisy">Damaged against clean, in dB.</param>
/// <param name="PsnrDenoised">Denoised against clean, in dB.</param>
internal sealed record DenoiseResult(string Corruption, double PsnrNoisy, double PsnrDenoised);

/// <summary>The encoder as an ML.NET transformer.</summary>
/// <param name="Images">Images encoded.</param>
/// <param name="CodeSize">Numbers a code.</param>
/// <param name="RowsPerSecond">Pace on this machine.</param>
internal sealed record EncodeResult(int Images, int CodeSize, double RowsPerSecond);

/// <summary>How long a step took.</summary>
internal sealed record StepTime(string Step, double Seconds);
