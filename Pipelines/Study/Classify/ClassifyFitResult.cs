using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using OnnxAE.Training;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>What came of <c>classify fit</c>: its figures, and its record <c>run.json</c>.</summary>
/// <param name="Created">When the run ended.</param>
/// <param name="Run">The run folder.</param>
/// <param name="Data">What it learned from.</param>
/// <param name="Images">Images in all.</param>
/// <param name="Labels">Labels that it used.</param>
/// <param name="LabelsByClass">The same of each class.</param>
/// <param name="LabeledRows">The labeled rows, counted from 0.</param>
/// <param name="Encoder">The encoder's name.</param>
/// <param name="EncoderSha256">SHA-256 of its file.</param>
/// <param name="Features">Features of an image.</param>
/// <param name="Method">What stands on them.</param>
/// <param name="LabelSpreading">Whether labels spread to the other rows.</param>
/// <param name="Setting">The setting that cross-validation chose.</param>
/// <param name="SettingName">What it sets.</param>
/// <param name="Seed">Of everything that was drawn.</param>
/// <param name="Calibration">What hidden labels told; null where no class had two.</param>
/// <param name="Test">On test images that nothing was chosen by; null where there are none.</param>
/// <param name="LargestDifference">The largest difference of a probability between the two files, over all images; null without the ONNX file.</param>
/// <param name="Seconds">Seconds of each step.</param>
/// <param name="Libraries">Libraries in use and their versions.</param>
internal sealed record ClassifyFitResult(
    DateTimeOffset Created, string Run, string Data, int Images, int Labels, IReadOnlyDictionary<string, int> LabelsByClass,
    IReadOnlyList<int> LabeledRows, string Encoder, string EncoderSha256, int Features, HeadKind Method, bool LabelSpreading,
    double Setting, string SettingName, int Seed, Calibration? Calibration, ClassifyTest? Test, double? LargestDifference,
    IReadOnlyDictionary<string, double> Seconds, IReadOnlyList<LibraryVersion> Libraries)
{
    /// <summary>What <see cref="Format"/> says in the files of this version.</summary>
    public const string CurrentFormat = "onnxae-classifier/1";

    /// <summary>The record's format.</summary>
    [JsonPropertyOrder(-1)]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>How pictures were brought to one shape; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

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
        ModelCard.Section(card, "Training",
            ("encoder", $"{run.Encoder}, frozen, SHA-256 {run.EncoderSha256}; {run.Features} features, standardised over all images"),
            ("head", run.Method == HeadKind.Linear ? "maximum entropy" : "multilayer perceptron, 256 hidden units"),
            ("chosen by cross-validation", Invariant($"{run.SettingName} {run.Setting:G4}")),
            ("images without a label", run.LabelSpreading ? "labels spread to them over the graph of nearest neighbors" : "not used by the head"),
            ("labels of each class", string.Join(", ", run.LabelsByClass.Select(label => Invariant($"{label.Key} {label.Value}")))),
            ("seed", Invariant($"{run.Seed}")));
        if (run.Calibration is { } calibration)
        {
            ModelCard.Section(card, "Cross-validation inside the labeled images",
                ("accuracy", Invariant($"{100 * calibration.Accuracy:F2} % of {calibration.Rows:N0} labels, each hidden from the classifier that was asked")),
                ("temperature", Invariant($"{calibration.Temperature:F4}, folded into the last layer")),
                ("expected calibration error, 15 bins", Invariant($"{100 * calibration.ErrorBefore:F2} % before, {100 * calibration.ErrorAfter:F2} % after")),
                ("log-loss", Invariant($"{calibration.LogLossBefore:F4} before, {calibration.LogLossAfter:F4} after")));
        }

        if (run.Test is { } test)
        {
            ModelCard.Section(card, "Test images",
                ("accuracy", Invariant($"{100 * test.Accuracy:F2} % of {test.Images:N0}")),
                ("expected calibration error, 15 bins", Invariant($"{100 * test.ErrorBefore:F2} % without the temperature, {100 * test.ErrorAfter:F2} % with it")));
        }

        ModelCard.Section(card, "Made with", [.. run.Libraries.Select(c => (c.Name, c.Version))]);
        card.AppendLine("Pixels must lie in [0, 1], row by row, top left first. Images unlike those of the training are put into one of the classes all the same, and their probabilities mean nothing.");
        return card.ToString().ReplaceLineEndings("\n");
    }
}
