
namespace OnnxAE.Pipelines;

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
