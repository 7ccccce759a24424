namespace OnnxAE.Inference;

/// <summary>How labels spread from row to row.</summary>
public sealed record LabelSpreadingOptions : SemiSupervisedOptions
{
    /// <summary>What tells which rows are neighbors: a vector of numbers of any type, compared by the cosine.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>What spreads.</summary>
    public LabelSpreadingMethod Method { get; init; } = LabelSpreadingMethod.Smoothing;

    /// <summary>Nearest neighbors of each row that are linked to it.</summary>
    public int NeighborCount { get; init; } = 10;

    /// <summary>
    /// The neighbors of the very rows that are fitted to, where they are known already: the search is left out, and with it
    /// the reading of the features. Null to look for them.
    /// </summary>
    public NearestNeighbors? Neighbors { get; init; }

    /// <summary>
    /// Which unlabeled rows, by their places from 0, the inner trainer may learn; null for all. The others are part of the graph
    /// alone. For validation: a row whose label was hidden is to be predicted as one that comes after the training.
    /// </summary>
    public Func<int, bool>? IsTrainedOn { get; init; }

    /// <summary>
    /// A link weighs the cosine to this power; rows at right angles or more are not linked. The exponent 3, and adding up the
    /// links in both directions, are those of Iscen et al. 2019, "Label propagation for deep semi-supervised learning".
    /// </summary>
    public float SimilarityPower { get; init; } = 3;

    /// <summary>How much a row takes from its neighbors, from 0 to below 1; null for 0.8 when smoothing, 0.99 when spreading.</summary>
    public float? Alpha { get; init; }

    /// <summary>How often; null for 25 times when smoothing, 300 times when spreading.</summary>
    public int? Rounds { get; init; }

    internal float EffectiveAlpha => Alpha ?? (Method == LabelSpreadingMethod.Smoothing ? 0.8f : 0.99f);

    internal int EffectiveRounds => Rounds ?? (Method == LabelSpreadingMethod.Smoothing ? 25 : 300);

    internal override void Check()
    {
        base.Check();
        ArgumentException.ThrowIfNullOrEmpty(FeatureColumnName);
        if (!Enum.IsDefined(Method))
        {
            throw new ArgumentOutOfRangeException(nameof(Method), Method, "Must be Smoothing or Spreading.");
        }

        Require(NeighborCount is > 0 and <= 1000, nameof(NeighborCount), NeighborCount, "Must be from 1 to 1000.");
        Require(Neighbors is null || Neighbors.NeighborCount == NeighborCount, nameof(NeighborCount), NeighborCount,
            $"Must be that of the given neighbors, {Neighbors?.NeighborCount}.");
        Require(SimilarityPower >= 0 && float.IsFinite(SimilarityPower), nameof(SimilarityPower), SimilarityPower, "Must not be negative.");
        Require(Alpha is null or (>= 0 and < 1), nameof(Alpha), Alpha, "Must be at least 0 and below 1.");
        Require(Rounds is null or > 0, nameof(Rounds), Rounds, "Must be positive.");
    }
}

/// <summary>What spreads over the graph of neighbors.</summary>
public enum LabelSpreadingMethod
{
    /// <summary>
    /// The probabilities that the inner trainer, fitted to the labeled rows, gives to all rows: P ← α D⁻¹ W P + (1 - α) P₀,
    /// labeled rows staying what they are (Zhu and Ghahramani 2002 clamp them so). Good where the features alone say much already.
    /// </summary>
    Smoothing,

    /// <summary>
    /// The labels alone: F ← α D⁻½ W D⁻½ F + (1 - α) Y (Zhou et al. 2004, "Learning with local and global consistency").
    /// Good where classes are well separated, however they are shaped.
    /// </summary>
    Spreading,
}

/// <summary>How the class probabilities of an unlabeled row become labels to train on.</summary>
public enum PseudoLabelKind
{
    /// <summary>The most probable class, with the weight of a labeled row (Lee 2013, "Pseudo-Label"). Needs no example weights.</summary>
    Hard,

    /// <summary>The most probable class, weighted by its probability.</summary>
    Weighted,

    /// <summary>The row once for every class that is not improbable, weighted by the class's probability: the cross-entropy with the probabilities.</summary>
    Soft,
}
