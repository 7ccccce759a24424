using Microsoft.ML;

namespace OnnxAE.Pipelines;

/// <summary>The ways to make a classifier out of few labels; their names on the command line are these in lower case, with hyphens.</summary>
internal enum ArmKind
{
    /// <summary>Maximum entropy on the pixels.</summary>
    Raw,

    /// <summary>Maximum entropy on principal components.</summary>
    Pca,

    /// <summary>Maximum entropy on a frozen encoder's features.</summary>
    Frozen,

    /// <summary>The same, taught its own predictions.</summary>
    SelfTraining,

    /// <summary>The same, taught labels that spread over the graph of neighbors.</summary>
    LabelSpreading,

    /// <summary>Such labels, and a head with a hidden layer.</summary>
    LabelSpreadingMlp,

    /// <summary>The encoder with an output layer, both trained on the labels, augmented.</summary>
    FineTuned,

    /// <summary>The encoder's layers from random weights, trained on the labels.</summary>
    Scratch,

    /// <summary>The same with the encoder's augmentations: the control to quote.</summary>
    ScratchAugmented,
}

/// <summary>One way to make a classifier out of few labels. What it learns from and what it is measured on are handed out apart.</summary>
internal interface IArm
{
    /// <summary>Its name for people, of its own within a data set.</summary>
    string Name { get; }

    /// <summary>What it is.</summary>
    ArmKind Kind { get; }

    /// <summary>What it does, in a sentence.</summary>
    string Description { get; }

    /// <summary>Whether it stands on an encoder that the labels don't change.</summary>
    bool IsFrozen => false;

    /// <summary>The features that it stands on; null for networks, which take pixels.</summary>
    FeatureSet? Features => null;

    /// <summary>Whether the graph of neighbors must be there.</summary>
    bool NeedsNeighbors => false;

    /// <summary>Seconds that the encoders' training took; 0 where there is none.</summary>
    double PretrainingSeconds => 0;

    /// <summary>All that decides its result beside data, slice and seed: an object that serialises to JSON.</summary>
    object Settings { get; }

    /// <summary>About how long a fit takes on two cores, in seconds: what the time left is told by.</summary>
    double ExpectedSeconds(LabelSlice slice);

    /// <summary>Why a slice is not for it; null where it is.</summary>
    string? WhyNot(LabelSlice slice) => null;

    /// <summary>Learns from the training images, of which the slice's labels alone are known.</summary>
    FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken);

    /// <summary>The test images as the fitted model takes them, with their labels.</summary>
    IDataView OpenTest(MLContext ml);
}

/// <summary>A classifier as its users would load it: what was fitted was saved, and this is what was read back.</summary>
/// <param name="Transformer">Writes class probabilities into <c>Score</c>.</param>
/// <param name="Sha256">Of what was saved.</param>
/// <param name="Chosen">What the fit chose inside the slice, by name.</param>
internal sealed record FittedModel(ITransformer Transformer, string Sha256, IReadOnlyDictionary<string, double> Chosen) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => (Transformer as IDisposable)?.Dispose();
}

/// <summary>What an arm came to on one draw; kept in a file.</summary>
/// <param name="Accuracy">On all test images.</param>
/// <param name="Seconds">The fit, the choice of its settings included.</param>
/// <param name="PreparationSeconds">Features, and the graph where the arm needs it, which all draws share.</param>
/// <param name="ModelSha256">Of the fitted model: the same whatever the test images are.</param>
/// <param name="Chosen">What was chosen inside the slice.</param>
internal sealed record ArmOutcome(
    double Accuracy, double Seconds, double PreparationSeconds, string ModelSha256, IReadOnlyDictionary<string, double> Chosen);
