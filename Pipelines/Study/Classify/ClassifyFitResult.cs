using System.Globalization;
using System.Text;
using OnnxAE.Training;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>What came of <c>classify fit</c>: its figures, and its record <c>run.json</c>.</summary>
internal sealed record ClassifyFitResult
{
    /// <summary>What <see cref="Format"/> says in the files of this version.</summary>
    public const string CurrentFormat = "onnxae-classifier/1";

    /// <summary>The record's format.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>When the run ended.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>What it learned from.</summary>
    public required string Data { get; init; }

    /// <summary>Images in all.</summary>
    public required int Images { get; init; }

    /// <summary>Labels that it used.</summary>
    public required int Labels { get; init; }

    /// <summary>The same of each class.</summary>
    public required IReadOnlyDictionary<string, int> LabelsByClass { get; init; }

    /// <summary>The labeled rows, counted from 0.</summary>
    public required IReadOnlyList<int> LabeledRows { get; init; }

    /// <summary>The encoder's name.</summary>
    public required string Encoder { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string EncoderSha256 { get; init; }

    /// <summary>Features of an image.</summary>
    public required int Features { get; init; }

    /// <summary>What stands on them.</summary>
    public required HeadKind Method { get; init; }

    /// <summary>Whether labels spread to the other rows.</summary>
    public required bool LabelSpreading { get; init; }

    /// <summary>The setting that cross-validation chose.</summary>
    public required double Setting { get; init; }

    /// <summary>What it sets.</summary>
    public required string SettingName { get; init; }

    /// <summary>Of everything that was drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>What hidden labels told; null where no class had two.</summary>
    public required Calibration? Calibration { get; init; }

    /// <summary>On test images that nothing was chosen by; null where there are none.</summary>
    public ClassifyTest? Test { get; init; }

    /// <summary>The largest difference of a probability between the two files, over all images; null without the ONNX file.</summary>
    public double? LargestDifference { get; init; }

    /// <summary>Seconds of each step.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Libraries in use and their versions.</summary>
    public required IReadOnlyList<LibraryVersion> Libraries { get; init; }

    /// <summary>SHA-256 of the run's other files by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a finished classifier does on images that it never saw.</summary>
/// <param name="Images">Number of images.</param>
/// <param name="Accuracy">Share that was classified right.</param>
/// <param name="ErrorBefore">Expected calibration error that it would have without its temperature.</param>
/// <param name="ErrorAfter">Expected calibration error.</param>
internal sealed record ClassifyTest(int Images, double Accuracy, double ErrorBefore, double ErrorAfter)
{
    /// <summary>Takes the figures out of what the classifier said.</summary>
    /// <param name="predictions">The classifier's probabilities.</param>
    /// <param name="temperature">What its logits are divided by.</param>
    public static ClassifyTest Of(Predictions predictions, double temperature) =>
        new(predictions.Count, predictions.Accuracy, predictions.WithTemperature(1 / temperature).CalibrationError, predictions.CalibrationError);
}

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
