using System.Globalization;
using System.Text;

namespace OnnxAE.Training;

/// <summary>The record of a run for people: what the model is, how it came about, what it is good for.</summary>
internal static class ModelCard
{
    /// <summary>The card as Markdown.</summary>
    public static string Render(RunRecord run)
    {
        var card = new StringBuilder();
        card.AppendLine(CultureInfo.InvariantCulture, $"# {run.Model.Architecture} on {run.Data.Name}").AppendLine();
        card.AppendLine(CultureInfo.InvariantCulture, $"{run.Model.Layers}: {run.Model.InputSize} pixels in [0, 1] to codes of {run.Model.CodeSize} numbers. {run.Model.Parameters:N0} parameters.").AppendLine();

        Section(card, "Training",
            ("images", Images(run.Data)),
            (run.Training.Steps is null ? "epochs" : "steps", FormattableString.Invariant($"{run.Training.Steps ?? run.Training.Epochs}, of {run.Training.BatchSize} images a step")),
            ("optimizer", Optimizer(run.Training)),
            ("loss", $"{run.Training.Objective}"),
            ("corruption of the input", run.Training.Corruption?.ToString() ?? "none"),
            ("seed", FormattableString.Invariant($"{run.Training.Seed}")));
        if (run.History is { Epochs: [.., var last] epochs })
        {
            EpochResult kept = epochs.FirstOrDefault(epoch => epoch.Epoch == run.Selection?.WeightsOfEpoch) ?? last;
            Section(card, "Result",
                ("epochs run", FormattableString.Invariant($"{last.Epoch}")),
                ("weights", FormattableString.Invariant($"those of epoch {kept.Epoch}")),
                ("training loss then", FormattableString.Invariant($"{kept.TrainLoss:F5}")),
                ("validation loss then", kept.ValidationLoss?.ToString("F5", CultureInfo.InvariantCulture) ?? "not measured"),
                ("seconds", FormattableString.Invariant($"{run.History.Seconds:F0}")),
                ("ended by", run.History.StopReason ?? "the last step"));
        }

        Section(card, "Figures", [.. run.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (m.Key, m.Value.ToString("G5", CultureInfo.InvariantCulture)))]);
        Section(card, "Exported graphs against the trained network",
            [.. run.Verification?.Graphs.Select(g => (g.File, Verified(g))) ?? [("none", "they were not compared when they were exported; `onnxae verify` does it")]]);
        Section(card, "Made with", [.. run.Libraries.Select(c => (c.Name, c.Version))]);
        card.AppendLine("Pixels must be divided by 255 and lie in [0, 1], row by row, top left first. Pictures unlike the training images are rebuilt badly and encoded without meaning.");
        return card.ToString().ReplaceLineEndings("\n");
    }

    private static string Images(RunData data) =>
        FormattableString.Invariant($"{data.TrainImages:N0}, SHA-256 of their pixels {data.TrainHash}")
        + (data.LabeledImages is { } labeled
            ? FormattableString.Invariant($"; the encoder learned from all of them without labels, then the classifier with it from {labeled:N0} and their labels")
            : "");

    private static string Verified(GraphVerification graph) =>
        FormattableString.Invariant($"{(graph.Passed ? "passed" : "FAILED")}: {graph.Rows:N0} rows, largest difference {graph.MaxAbsoluteDifference:G3}, limit {graph.Limit:G3}")
        + (graph.Rounded is { Rounding: { } rounding }
            ? FormattableString.Invariant($"; of numbers up to {rounding.LargestNumber:G3}, 32-bit floats were allowed to round by {rounding.Allowed:G3}")
            : "");

    private static string Optimizer(TrainingOptions options) =>
        FormattableString.Invariant($"{options.Optimizer}, learning rate {options.LearningRate} ({options.Schedule})")
        + (options.WeightDecay > 0 ? FormattableString.Invariant($", weight decay {options.WeightDecay}") : "")
        + (options.Momentum > 0 ? FormattableString.Invariant($", momentum {options.Momentum}") : "")
        + (options.GradientClipping is { } norm ? FormattableString.Invariant($", gradients clipped to {norm}") : "");

    /// <summary>Appends a heading and a list of named values, if there are any.</summary>
    public static void Section(StringBuilder card, string title, params (string Name, string Value)[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        card.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        foreach ((string name, string value) in rows)
        {
            card.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {value}");
        }

        card.AppendLine();
    }
}
