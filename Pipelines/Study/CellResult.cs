namespace OnnxAE.Pipelines;

/// <summary>The table of one data set and one share of the labels.</summary>
internal record CellResult
{
    /// <summary>The data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Share of each class.</summary>
    public required double Fraction { get; init; }

    /// <summary>Labels in each draw.</summary>
    public required int Labels { get; init; }

    /// <summary>Number of draws; of all labels there is but one.</summary>
    public required int Draws { get; init; }

    /// <summary>The arm that differences are measured against; null where it is not among the arms.</summary>
    public required string? Control { get; init; }

    /// <summary>The arms.</summary>
    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>The arms that this share is not for.</summary>
    public required IReadOnlyList<SkippedArm> Skipped { get; init; }

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
        return new CellResult
        {
            Dataset = dataSet,
            Fraction = slices[0].Fraction,
            Labels = slices[0].Rows.Count,
            Draws = slices.Count,
            Control = control?.Name,
            Arms = [.. results.Select(arm => control is null || arm == control ? arm : arm with { Difference = PairedDifference.Of(arm.PerDraw, control.PerDraw) })],
            Skipped = [.. arms.Where(pair => pair.Outcomes.Count == 0).Select(pair => new SkippedArm(pair.Arm.Name, pair.Arm.WhyNot(slices[0])!))],
        };
    }
}
