namespace OnnxAE.Inference;

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
