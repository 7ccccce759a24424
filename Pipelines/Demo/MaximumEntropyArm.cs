using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Features, standardised on the labelled rows, and ML.NET's maximum-entropy classifier on them.</summary>
/// <param name="session">ML.NET's context and the knobs.</param>
/// <param name="key">The arm's name in the results.</param>
/// <param name="name">The arm's name for people.</param>
/// <param name="description">One sentence for the report.</param>
/// <param name="encoderPath">The frozen network that makes the features; null to take the pixels themselves.</param>
/// <param name="l2Regularization">Weight of the squared weights.</param>
internal sealed class MaximumEntropyArm(
    DemoSession session, string key, string name, string description, string? encoderPath, float l2Regularization) : IClassifierArm
{
    /// <inheritdoc/>
    public string Key => key;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Description => description;

    /// <inheritdoc/>
    public IEstimator<ITransformer> CreatePipeline(LabelDraw draw)
    {
        MLContext ml = session.ML;
        var classifier = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = session.Settings.L1Regularization,
            L2Regularization = l2Regularization,
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
