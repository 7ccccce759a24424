namespace OnnxAE.Inference;

/// <summary>What semi-supervised trainers have in common.</summary>
public abstract record SemiSupervisedOptions
{
    private protected SemiSupervisedOptions()
    {
    }

    /// <summary>The label, a key of type UInt32; rows whose label is missing (key 0) are the unlabeled ones.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The column that the inner trainer reads example weights from; null where it reads none. It need not be in the data;
    /// where it is, its values multiply the weights of the labels.
    /// </summary>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>
    /// The column that the inner trainer writes class scores into. Rows of scores that are no probabilities go through a
    /// softmax.
    /// </summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// How probabilities become labels; null for <see cref="PseudoLabelKind.Soft"/> where there is a column for example
    /// weights and <see cref="PseudoLabelKind.Hard"/> where there is none.
    /// </summary>
    public PseudoLabelKind? PseudoLabels { get; init; }

    /// <summary>Soft labels leave out classes of a smaller probability, from 0 up to 0.5; a smaller value makes for more rows.</summary>
    public float SmallestSoftLabel { get; init; } = 0.02f;

    /// <summary>Weight of a row without a label beside one with, above 0. Other than 1 it needs example weights.</summary>
    public float PseudoLabelWeight { get; init; } = 1;

    /// <summary>Most rows without a label to train on, drawn by <see cref="Seed"/>; null for all. A tenth of them is often as good, and faster.</summary>
    public int? MaximumPseudoLabeledRows { get; init; }

    /// <summary>Draws the rows where there are too many. The same seed gives the same labels, whatever the number of threads.</summary>
    public int Seed { get; init; }

    /// <summary>Most threads to use; null for one a core. The inner trainer has a setting of its own.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>Is told how far training is.</summary>
    public IProgress<SemiSupervisedProgress>? Progress { get; init; }

    /// <summary>Ends the training early, by an <see cref="OperationCanceledException"/>. The inner trainer goes on to its end.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal PseudoLabelKind EffectivePseudoLabels
        => PseudoLabels ?? (ExampleWeightColumnName is null ? PseudoLabelKind.Hard : PseudoLabelKind.Soft);

    internal ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = NumberOfThreads ?? Environment.ProcessorCount, CancellationToken = CancellationToken };

    internal virtual void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(LabelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(ScoreColumnName);
        if (ExampleWeightColumnName is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(ExampleWeightColumnName);
        }

        if (PseudoLabels is { } kind && !Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(PseudoLabels), kind, "Must be Hard, Weighted or Soft.");
        }

        Require(SmallestSoftLabel is >= 0 and <= 0.5f, nameof(SmallestSoftLabel), SmallestSoftLabel, "Must be from 0 to 0.5.");
        Require(PseudoLabelWeight > 0 && float.IsFinite(PseudoLabelWeight), nameof(PseudoLabelWeight), PseudoLabelWeight, "Must be above 0.");
        Require(MaximumPseudoLabeledRows is null or >= 0, nameof(MaximumPseudoLabeledRows), MaximumPseudoLabeledRows, "Must not be negative.");
        Require(NumberOfThreads is null or > 0, nameof(NumberOfThreads), NumberOfThreads, "Must be positive.");
        if (ExampleWeightColumnName is null && (EffectivePseudoLabels != PseudoLabelKind.Hard || PseudoLabelWeight != 1))
        {
            throw new ArgumentException(
                "Labels that are soft or weighted need example weights: name the column that the inner trainer reads them from in ExampleWeightColumnName.");
        }
    }

    internal void Report(SemiSupervisedStage stage, double fraction)
    {
        CancellationToken.ThrowIfCancellationRequested();
        Progress?.Report(new SemiSupervisedProgress(stage, fraction));
    }

    private protected static void Require(bool isMet, string name, object? value, string rule)
    {
        if (!isMet)
        {
            throw new ArgumentOutOfRangeException(name, value, rule);
        }
    }
}

/// <summary>Which of its own predictions a trainer is taught.</summary>
public sealed record SelfTrainingOptions : SemiSupervisedOptions
{
    /// <summary>
    /// How often all rows are labeled anew. Round r of R admits the most certain r/R of <see cref="MaximumFraction"/>, so
    /// that early mistakes can be taken back (Cascante-Bonilla et al. 2021, "Curriculum labeling").
    /// </summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Smallest probability of the predicted class that is believed, from 0 to 1.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Most of the rows that are predicted to be of one class, above 0 and up to 1. Counting by class keeps easy classes from taking over.</summary>
    public float MaximumFraction { get; init; } = 1;

    internal override void Check()
    {
        base.Check();
        Require(Rounds > 0, nameof(Rounds), Rounds, "Must be positive.");
        Require(Threshold is >= 0 and <= 1, nameof(Threshold), Threshold, "Must be from 0 to 1.");
        Require(MaximumFraction is > 0 and <= 1, nameof(MaximumFraction), MaximumFraction, "Must be above 0 and at most 1.");
    }
}

/// <summary>How far a semi-supervised trainer is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Fraction">How much of the stage is done, from 0 to 1.</param>
public readonly record struct SemiSupervisedProgress(SemiSupervisedStage Stage, double Fraction);

/// <summary>What a semi-supervised trainer is at.</summary>
public enum SemiSupervisedStage
{
    /// <summary>Reading labels and features.</summary>
    Reading,

    /// <summary>Fitting the inner trainer to what is labeled so far, and scoring all rows.</summary>
    Scoring,

    /// <summary>Looking for the nearest neighbors of each row.</summary>
    Neighbors,

    /// <summary>Spreading over the graph.</summary>
    Spreading,

    /// <summary>Fitting the inner trainer for the last time.</summary>
    Training,
}
