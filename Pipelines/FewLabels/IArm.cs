using Microsoft.ML;

namespace OnnxAE.Pipelines.FewLabels;

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
    bool IsFrozen { get; }

    /// <summary>The features that it stands on; null for networks, which take pixels.</summary>
    FeatureSet? Features { get; }

    /// <summary>Whether the graph of neighbors must be there.</summary>
    bool NeedsNeighbors { get; }

    /// <summary>Seconds that the encoders' training took; 0 where there is none.</summary>
    double PretrainingSeconds { get; }

    /// <summary>All that decides its result beside data, slice and seed: an object that serialises to JSON.</summary>
    object Settings { get; }

    /// <summary>About how long a fit takes on two cores, in seconds: what the time left is told by.</summary>
    double ExpectedSeconds(LabelSlice slice);

    /// <summary>Why a slice is not for it; null where it is.</summary>
    string? WhyNot(LabelSlice slice);

    /// <summary>Learns from the training images, of which the slice's labels alone are known.</summary>
    FittedModel Fit(LabelSlice slice, CancellationToken cancellationToken);

    /// <summary>The test images as the fitted model takes them, with their labels.</summary>
    IDataView OpenTest(MLContext ml);
}
