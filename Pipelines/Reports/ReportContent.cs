namespace OnnxAE.Pipelines;

/// <summary>Everything the report shows, as plain values.</summary>
internal sealed record ReportContent
{
    /// <summary>Heading and title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>What the page says, in a sentence or two.</summary>
    public required string Lead { get; init; }

    /// <summary>The figures that matter most, with their units: value and what it is.</summary>
    public required IReadOnlyList<(string Value, string Meaning)> Headlines { get; init; }

    /// <summary>Loss by epoch.</summary>
    public required IReadOnlyList<LossCurve> Losses { get; init; }

    /// <summary>How the loss is measured.</summary>
    public required string LossNote { get; init; }

    /// <summary>Original, noised and denoised pictures, one above the other.</summary>
    public required IReadOnlyList<ImageRow> Images { get; init; }

    /// <summary>What was done to the pictures, and how well it was undone.</summary>
    public required string ImageNote { get; init; }

    /// <summary>The arms, in the order shown.</summary>
    public required IReadOnlyList<AccuracyRow> Accuracies { get; init; }

    /// <summary>How the accuracies were measured.</summary>
    public required string AccuracyNote { get; init; }

    /// <summary>Set-up: name and value.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }
}
