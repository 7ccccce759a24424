namespace OnnxAE.Pipelines;

/// <summary>The table of one data set and one share of the labels.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Fraction">Share of each class.</param>
/// <param name="Labels">Labels in each draw.</param>
/// <param name="Draws">Number of draws; of all labels there is but one.</param>
/// <param name="Control">The arm that differences are measured against; null where it is not among the arms.</param>
/// <param name="Arms">The arms.</param>
/// <param name="Skipped">The arms that this share is not for.</param>
internal record CellResult(
    string Dataset, double Fraction, int Labels, int Draws, string? Control, IReadOnlyList<ArmResult> Arms, IReadOnlyList<SkippedArm> Skipped)
{
    /// <summary>Collects the arms' figures, each against the control.</summary>
    /// <param name="dataSet">The data set.</param>
    /// <param name="slices">The draws.</param>
    /// <param name="arms">All arms, and their outcomes on the draws; no outcome for those that were skipped.</param>
    public static CellResult Of(string dataSet, IReadOnlyList<LabelSlice> slices, IReadOnlyList<(IArm Arm, IReadOnlyList<ArmOutcome> Outcomes)> arms)
    {
        ArmResult[] results = [.. arms.Where(pair => pair.Outcomes.Count > 0).Select(pair => ArmResult.Of(pair.Arm, pair.Outcomes))];
        ArmResult? control = new[] { ArmKind.ScratchAugmented, ArmKind.Scratch, ArmKind.Raw }
            .Select(kind => results.FirstOrDefault(arm => arm.Kind == kind))
            .FirstOrDefault(arm => arm is not null);
        return new CellResult(
            dataSet,
            slices[0].Fraction,
            slices[0].Rows.Count,
            slices.Count,
            control?.Name,
            [.. results.Select(arm => control is null || arm == control ? arm : arm with { Difference = PairedDifference.Of(arm.PerDraw, control.PerDraw) })],
            [.. arms.Where(pair => pair.Outcomes.Count == 0).Select(pair => new SkippedArm(pair.Arm.Name, pair.Arm.WhyNot(slices[0])!))]);
    }
}

/// <summary>An arm that a share of the labels is not for.</summary>
internal sealed record SkippedArm(string Name, string Reason);

/// <summary>An arm's figures over the draws of one share of the labels, as <c>--json</c> writes them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Frozen">Whether it stands on an encoder that the labels don't change.</param>
/// <param name="MeanAccuracy">Mean accuracy on all test images.</param>
/// <param name="Sd">Sample standard deviation of the accuracies.</param>
/// <param name="PerDraw">The accuracy of each draw.</param>
/// <param name="Difference">Against the control; null for the control itself.</param>
/// <param name="SecondsPerDraw">Mean time of a fit.</param>
/// <param name="PreparationSeconds">Time of features and graph, once for all draws.</param>
/// <param name="PretrainingSeconds">Time of the encoders' training, once for all arms on them.</param>
/// <param name="Chosen">What each draw chose inside its slice.</param>
/// <param name="ModelSha256">Of each draw's fitted model.</param>
internal sealed record ArmResult(
    string Name, ArmKind Kind, string Description, bool Frozen, double MeanAccuracy, double Sd, IReadOnlyList<double> PerDraw, PairedDifference? Difference,
    double SecondsPerDraw, double PreparationSeconds, double PretrainingSeconds, IReadOnlyList<IReadOnlyDictionary<string, double>> Chosen,
    IReadOnlyList<string> ModelSha256)
{
    /// <summary>Collects the figures of an arm.</summary>
    public static ArmResult Of(IArm arm, IReadOnlyList<ArmOutcome> outcomes)
    {
        DrawSummary accuracy = DrawSummary.Of([.. outcomes.Select(outcome => outcome.Accuracy)]);
        return new ArmResult(
            Name: arm.Name,
            Kind: arm.Kind,
            Description: arm.Description,
            Frozen: arm.IsFrozen,
            MeanAccuracy: accuracy.Mean,
            Sd: accuracy.Sd,
            PerDraw: accuracy.Draws,
            Difference: null,
            SecondsPerDraw: Math.Round(outcomes.Average(outcome => outcome.Seconds), 2),
            PreparationSeconds: Math.Round(outcomes.Max(outcome => outcome.PreparationSeconds), 1),
            PretrainingSeconds: Math.Round(arm.PretrainingSeconds, 1),
            Chosen: [.. outcomes.Select(outcome => outcome.Chosen)],
            ModelSha256: [.. outcomes.Select(outcome => outcome.ModelSha256)]);
    }
}

/// <summary>One figure over several draws of the labels.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Sd">Their sample standard deviation (n - 1); 0 for a single draw.</param>
/// <param name="Draws">The figure of each draw, in order.</param>
internal sealed record DrawSummary(double Mean, double Sd, IReadOnlyList<double> Draws)
{
    /// <summary>Summarises at least one draw.</summary>
    public static DrawSummary Of(IReadOnlyList<double> draws)
    {
        double mean = draws.Average();
        double sd = draws.Count > 1 ? Math.Sqrt(draws.Sum(x => (x - mean) * (x - mean)) / (draws.Count - 1)) : 0;
        return new DrawSummary(mean, sd, draws);
    }
}

/// <summary>An arm against the control, draw by draw on the same labels.</summary>
/// <param name="Mean">Mean difference of the accuracies; above 0 where the arm is better.</param>
/// <param name="Sd">Sample standard deviation of the differences.</param>
/// <param name="T">Student's paired t, mean over standard error; null for a single draw or differences that are all alike.</param>
/// <param name="Better">Draws in which the arm is better.</param>
/// <param name="Worse">Draws in which it is worse.</param>
internal sealed record PairedDifference(double Mean, double Sd, double? T, int Better, int Worse)
{
    /// <summary>Compares accuracies of the same draws.</summary>
    public static PairedDifference Of(IReadOnlyList<double> arm, IReadOnlyList<double> control)
    {
        double[] differences = [.. arm.Zip(control, (ours, theirs) => ours - theirs)];
        DrawSummary summary = DrawSummary.Of(differences);
        return new PairedDifference(
            summary.Mean,
            summary.Sd,
            summary.Sd > 0 ? summary.Mean / (summary.Sd / Math.Sqrt(differences.Length)) : null,
            differences.Count(difference => difference > 0),
            differences.Count(difference => difference < 0));
    }
}
