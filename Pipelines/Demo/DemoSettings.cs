using OnnxAE.Training;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Every knob of the demo that is not on its command line, with the reason for its value.</summary>
internal sealed record DemoSettings
{
    /// <summary>The network: dense, so that a few minutes on two cores are enough.</summary>
    public string Architecture { get; init; } = "S3.denoise";

    /// <summary>Passes over the training images; null takes the catalogue's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Share of the training labels that the classifiers see: 1 %, 600 of 60,000.</summary>
    public double LabelFraction { get; init; } = 0.01;

    /// <summary>Labels a class at the least, for data sets of which 1 % would be next to nothing.</summary>
    public int MinimumLabelsPerClass { get; init; } = 5;

    /// <summary>Draws of the labels; three tell luck from skill in a demo, an experiment takes ten or more.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>Weight of the squared weights where the features are many: pixels, and the layer before the code.</summary>
    public float L2Regularization { get; init; } = 10;

    /// <summary>The same for codes, few and all of use.</summary>
    public float CodeL2Regularization { get; init; } = 1;

    /// <summary>Weight of the absolute weights: none, a feature is to be weighed, not dropped.</summary>
    public float L1Regularization { get; init; }

    /// <summary>How the same network is trained from scratch; the seed is the draw's.</summary>
    public ClassifierOptions Scratch { get; init; } = new();

    /// <summary>What the denoiser is shown where its training knew deformations alone.</summary>
    public ICorruption Noise { get; init; } = new GaussianNoise(0, 0.15);

    /// <summary>Pictures in each row of the report.</summary>
    public int ReportImages { get; init; } = 12;
}
