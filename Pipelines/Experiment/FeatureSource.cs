using Microsoft.ML;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>What makes features out of pixels.</summary>
/// <param name="Name">For people, such as <c>X.convdae256 code</c>.</param>
/// <param name="Dimension">Numbers of a row.</param>
/// <param name="Identity">All that decides the features beside the images: a hash, or a name and a number.</param>
internal sealed record FeatureSource(string Name, int Dimension, string Identity)
{
    /// <summary>From column <c>Pixels</c> to column <c>Features</c>, fitted on the unlabeled training images; null leaves the pixels as they are.</summary>
    public Func<MLContext, IEstimator<ITransformer>>? Transform { get; init; }

    /// <summary>The encoders behind it.</summary>
    public IReadOnlyList<FrozenEncoder> Encoders { get; init; } = [];
}
