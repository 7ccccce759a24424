using OnnxAE.Pipelines.Evaluation;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Accuracies on all test images from few labels, means over the draws.</summary>
internal sealed record ClassifyResult
{
    /// <summary>Labels in each draw.</summary>
    public required int Labels { get; init; }

    /// <summary>Number of draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Raw pixels, maximum entropy.</summary>
    public required double RawPixels { get; init; }

    /// <summary>The frozen encoder's codes, maximum entropy.</summary>
    public required double Frozen { get; init; }

    /// <summary>The same network, trained on the labels alone.</summary>
    public required double Scratch { get; init; }

    /// <summary>Mean, standard deviation and draws of each arm, by the names above.</summary>
    public required IReadOnlyDictionary<string, DrawSummary> Arms { get; init; }

    /// <summary>SHA-256 of the encoder's file before the first and after the last draw: frozen means that they are equal.</summary>
    public required string EncoderSha256 { get; init; }
}
