
namespace OnnxAE.Pipelines;

/// <summary>Every knob of <c>classify fit</c> that is not on its command line, with the reason for its value.</summary>
internal sealed record ClassifySettings : HeadSettings
{
    /// <summary>The most that a probability of the .zip and of the ONNX file may differ by: rounding comes to a tenth of it.</summary>
    public double FusedLimit { get; init; } = 1e-5;

    /// <summary>Weight decays of the multilayer perceptron to choose from.</summary>
    public IReadOnlyList<double> WeightDecays { get; init; } = [0.01, 0.1, 0.5];
}
