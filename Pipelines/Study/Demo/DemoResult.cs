namespace OnnxAE.Pipelines;

/// <summary>The demo's figures, as <c>--json</c> writes them. But for the seconds, the same seed gives the same figures.</summary>
/// <param name="Versions">Versions of the libraries at work.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetSha256">One name for the data whatever their packing.</param>
/// <param name="Architecture">Id of the network.</param>
/// <param name="Seed">Seed of everything.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="TrainSeconds">Time of the training alone.</param>
/// <param name="TrainLosses">Loss of each epoch on the training images.</param>
/// <param name="TestLosses">Loss of each epoch on the test images.</param>
/// <param name="TestLoss">Loss on the test images at the end.</param>
/// <param name="Verify">ONNX against TorchSharp.</param>
/// <param name="Encode">How fast the encoder runs as an ML.NET transformer.</param>
/// <param name="Denoise">Damage undone.</param>
/// <param name="Classify">What few labels give.</param>
/// <param name="Report">Path of the report.</param>
/// <param name="Steps">Time of each step, in order.</param>
internal sealed record DemoResult(
    IReadOnlyDictionary<string, string> Versions, string Dataset, string DatasetSha256, string Architecture, int Seed, int Epochs,
    double TrainSeconds, IReadOnlyList<double> TrainLosses, IReadOnlyList<double> TestLosses, double TestLoss, VerifyResult Verify,
    EncodeResult Encode, DenoiseResult Denoise, ClassifyResult Classify, string Report, IReadOnlyList<StepTime> Steps);

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
/// <param name="Labels">Labels in each draw.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="RawPixels">Raw pixels, maximum entropy.</param>
/// <param name="FrozenLinear">The frozen encoder's features, maximum entropy on the labeled images alone.</param>
/// <param name="Frozen">The same taught by labels that spread to the other images: what <c>classifier.zip</c> is. Without such images the same as above.</param>
/// <param name="Scratch">The same network from random weights, trained on the labeled images with the encoder's augmentations.</param>
/// <param name="Arms">All that was measured of each arm.</param>
/// <param name="SavedAccuracy">Accuracy of <c>classifier.zip</c>, saved and loaded, from pixels: the frozen arm's first draw.</param>
/// <param name="EncoderSha256">SHA-256 of the encoder's file before the first and after the last draw: frozen means that they are equal.</param>
internal sealed record ClassifyResult(
    int Labels, int Draws, double RawPixels, double FrozenLinear, double Frozen, double Scratch, IReadOnlyList<ArmResult> Arms,
    double SavedAccuracy, string EncoderSha256)
{
    /// <summary>Puts together what was measured.</summary>
    public static ClassifyResult Of(CellResult cell, double savedAccuracy, string encoderSha256)
    {
        double MeanOf(ArmKind kind) => cell.Arms.Single(arm => arm.Kind == kind).MeanAccuracy;
        return new ClassifyResult(
            Labels: cell.Labels,
            Draws: cell.Draws,
            RawPixels: MeanOf(ArmKind.Raw),
            FrozenLinear: MeanOf(ArmKind.Frozen),
            Frozen: cell.Arms.Last(arm => arm.Frozen).MeanAccuracy,
            Scratch: MeanOf(ArmKind.ScratchAugmented),
            Arms: cell.Arms,
            SavedAccuracy: savedAccuracy,
            EncoderSha256: encoderSha256);
    }
}
