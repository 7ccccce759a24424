using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Features, standardised on the labelled rows, and ML.NET's maximum-entropy classifier on them.</summary>
/// <param name="session">ML.NET's context and the knobs.</param>
/// <param name="encoderPath">The frozen encoder that makes the features; null to take the pixels themselves.</param>
internal sealed class MaximumEntropyArm(DemoSession session, string? encoderPath) : IClassifierArm
{
    /// <inheritdoc/>
    public string Key => encoderPath is null ? "rawPixels" : "frozen";

    /// <inheritdoc/>
    public string Name => encoderPath is null ? "raw pixels" : "frozen encoder";

    /// <inheritdoc/>
    public string Description => encoderPath is null
        ? "Maximum entropy on the pixels."
        : "Maximum entropy on the codes; the encoder never saw a label.";

    /// <inheritdoc/>
    public IEstimator<ITransformer> CreatePipeline(LabelDraw draw)
    {
        MLContext ml = session.ML;
        var classifier = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = session.Settings.L1Regularization,
            L2Regularization = session.Settings.L2Regularization,
            NumberOfThreads = 1, // sums in one order, so the same figures on any number of cores
        });

        // fixZero would only scale; a few labelled rows want centred features too.
        return encoderPath is null
            ? ml.Transforms.NormalizeMeanVariance("Features", "Pixels", fixZero: false).Append(classifier)
            : ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", encoderPath)
                .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
                .Append(classifier);
    }
}
