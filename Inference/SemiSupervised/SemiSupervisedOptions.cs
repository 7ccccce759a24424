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
            ArgumentException.ThrowIfNullOrEmpty(ExampleWeightColumnName);
        if (PseudoLabels is { } kind && !Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(PseudoLabels), kind, "Must be Hard, Weighted or Soft.");
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
            throw new ArgumentOutOfRangeException(name, value, rule);
    }
}
