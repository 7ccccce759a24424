using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>How a run's models are quantized and measured.</summary>
internal sealed record QuantizeSettings
{
    /// <summary>Training images that ranges are taken from: some hundred show what there is to see.</summary>
    public int CalibrationRows { get; init; } = 512;

    /// <summary>Test images that speed is measured on, at most.</summary>
    public int SpeedRows { get; init; } = 4096;

    /// <summary>Passes of either model, in turn.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Draws of the labels that the accuracy is the mean of.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>The speed ratio above which a model is kept.</summary>
    public double KeptAbove { get; init; } = 1;

    /// <summary>Whether a model is kept that is no faster.</summary>
    public bool Force { get; init; }

    /// <summary>Ranges and bits.</summary>
    public OnnxQuantizationOptions Options { get; init; } = new();
}
