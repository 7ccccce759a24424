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

/// <summary>Accuracies on all test images from few labels, means over the draws.</summary>
internal sealed record ClassifyResult
{
    /// <summary>Labels in each draw.</summary>
    public required int Labels { get; init; }

    /// <summary>Number of draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Raw pixels, maximum entropy.</summary>
    public required double RawPixels { get; init; }

    /// <summary>The frozen encoder's features, maximum entropy on the labeled images alone.</summary>
    public required double FrozenLinear { get; init; }

    /// <summary>The same taught by labels that spread to the other images: what <c>classifier.zip</c> is. Without such images the same as above.</summary>
    public required double Frozen { get; init; }

    /// <summary>The same network from random weights, trained on the labeled images with the encoder's augmentations.</summary>
    public required double Scratch { get; init; }

    /// <summary>All that was measured of each arm.</summary>
    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>Accuracy of <c>classifier.zip</c>, saved and loaded, from pixels: the frozen arm's first draw.</summary>
    public required double SavedAccuracy { get; init; }

    /// <summary>SHA-256 of the encoder's file before the first and after the last draw: frozen means that they are equal.</summary>
    public required string EncoderSha256 { get; init; }

    /// <summary>Puts together what was measured.</summary>
    public static ClassifyResult Of(CellResult cell, double savedAccuracy, string encoderSha256)
    {
        double MeanOf(ArmKind kind) => cell.Arms.Single(arm => arm.Kind == kind).MeanAccuracy;
        return new ClassifyResult
        {
            Labels = cell.Labels,
            Draws = cell.Draws,
            RawPixels = MeanOf(ArmKind.Raw),
            FrozenLinear = MeanOf(ArmKind.Frozen),
            Frozen = cell.Arms.Last(arm => arm.Frozen).MeanAccuracy,
            Scratch = MeanOf(ArmKind.ScratchAugmented),
            Arms = cell.Arms,
            SavedAccuracy = savedAccuracy,
            EncoderSha256 = encoderSha256,
        };
    }
}
