
namespace OnnxAE.Pipelines;

/// <summary>An arm's figures over the draws of one share of the labels, as <c>--json</c> writes them.</summary>
internal sealed record ArmResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required ArmKind Kind { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Whether it stands on an encoder that the labels don't change.</summary>
    public required bool Frozen { get; init; }

    /// <summary>Mean accuracy on all test images.</summary>
    public required double MeanAccuracy { get; init; }

    /// <summary>Sample standard deviation of the accuracies.</summary>
    public required double Sd { get; init; }

    /// <summary>The accuracy of each draw.</summary>
    public required IReadOnlyList<double> PerDraw { get; init; }

    /// <summary>Against the control; null for the control itself.</summary>
    public PairedDifference? Difference { get; init; }

    /// <summary>Mean time of a fit.</summary>
    public required double SecondsPerDraw { get; init; }

    /// <summary>Time of features and graph, once for all draws.</summary>
    public required double PreparationSeconds { get; init; }

    /// <summary>Time of the encoders' training, once for all arms on them.</summary>
    public required double PretrainingSeconds { get; init; }

    /// <summary>What each draw chose inside its slice.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, double>> Chosen { get; init; }

    /// <summary>Of each draw's fitted model.</summary>
    public required IReadOnlyList<string> ModelSha256 { get; init; }

    /// <summary>Collects the figures of an arm.</summary>
    public static ArmResult Of(IArm arm, IReadOnlyList<ArmOutcome> outcomes)
    {
        DrawSummary accuracy = DrawSummary.Of([.. outcomes.Select(outcome => outcome.Accuracy)]);
        return new ArmResult
        {
            Name = arm.Name,
            Kind = arm.Kind,
            Description = arm.Description,
            Frozen = arm.IsFrozen,
            MeanAccuracy = accuracy.Mean,
            Sd = accuracy.Sd,
            PerDraw = accuracy.Draws,
            SecondsPerDraw = Math.Round(outcomes.Average(outcome => outcome.Seconds), 2),
            PreparationSeconds = Math.Round(outcomes.Max(outcome => outcome.PreparationSeconds), 1),
            PretrainingSeconds = Math.Round(arm.PretrainingSeconds, 1),
            Chosen = [.. outcomes.Select(outcome => outcome.Chosen)],
            ModelSha256 = [.. outcomes.Select(outcome => outcome.ModelSha256)],
        };
    }
}
