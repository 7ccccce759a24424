using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>The record of a classifier for people.</summary>
internal static class ClassifierCard
{
    /// <summary>The card as Markdown.</summary>
    public static string Render(ClassifyFitResult run)
    {
        var card = new StringBuilder();
        card.AppendLine(CultureInfo.InvariantCulture, $"# Classifier on {run.Data}").AppendLine();
        card.AppendLine(CultureInfo.InvariantCulture, $"{run.LabelsByClass.Count} classes: {string.Join(", ", run.LabelsByClass.Keys)}. Trained on {run.Labels:N0} labels among {run.Images:N0} images.").AppendLine();
        Section(card, "Training",
            ("encoder", $"{run.Encoder}, frozen, SHA-256 {run.EncoderSha256}; {run.Features} features, standardised over all images"),
            ("head", run.Method == HeadKind.Linear ? "maximum entropy" : "multilayer perceptron, 256 hidden units"),
            ("chosen by cross-validation", Invariant($"{run.SettingName} {run.Setting:G4}")),
            ("images without a label", run.LabelSpreading ? "labels spread to them over the graph of nearest neighbors" : "not used by the head"),
            ("labels of each class", string.Join(", ", run.LabelsByClass.Select(label => Invariant($"{label.Key} {label.Value}")))),
            ("seed", Invariant($"{run.Seed}")));
        if (run.Calibration is { } calibration)
        {
            Section(card, "Cross-validation inside the labeled images",
                ("accuracy", Invariant($"{100 * calibration.Accuracy:F2} % of {calibration.Rows:N0} labels, each hidden from the classifier that was asked")),
                ("temperature", Invariant($"{calibration.Temperature:F4}, folded into the last layer")),
                ("expected calibration error, 15 bins", Invariant($"{100 * calibration.ErrorBefore:F2} % before, {100 * calibration.ErrorAfter:F2} % after")),
                ("log-loss", Invariant($"{calibration.LogLossBefore:F4} before, {calibration.LogLossAfter:F4} after")));
        }

        if (run.Test is { } test)
        {
            Section(card, "Test images",
                ("accuracy", Invariant($"{100 * test.Accuracy:F2} % of {test.Images:N0}")),
                ("expected calibration error, 15 bins", Invariant($"{100 * test.ErrorBefore:F2} % without the temperature, {100 * test.ErrorAfter:F2} % with it")));
        }

        Section(card, "Made with", [.. run.Libraries.Select(c => (c.Name, c.Version))]);
        card.AppendLine("Pixels must lie in [0, 1], row by row, top left first. Images unlike those of the training are put into one of the classes all the same, and their probabilities mean nothing.");
        return card.ToString().ReplaceLineEndings("\n");
    }

    private static void Section(StringBuilder card, string title, params (string Name, string Value)[] rows)
    {
        card.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        foreach ((string name, string value) in rows)
        {
            card.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {value}");
        }

        card.AppendLine();
    }
}
