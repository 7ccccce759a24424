using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>The demo's figures and pictures on one page, and the table that it prints.</summary>
internal sealed class DemoReport(
    DemoSettings settings, LabeledImages data, Architecture architecture, TrainingOptions options, IReadOnlyList<LibraryVersion> libraries)
{
    /// <summary>The page's file in the run.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page.</summary>
    public void Write(DemoResult result, DenoisedImages denoised, RunFolder run) =>
        File.WriteAllText(run.PathOf(FileName), ReportPage.Render(Content(result, denoised)));

    /// <summary>Prints the table, where everything is, and what to try next.</summary>
    public static void Print(CliContext cli, DemoResult result, string folder)
    {
        var table = new ResultTable(Invariant($"{result.Classify.Labels} labels, {result.Encode.Images:N0} test images"), "frozen", "#accuracy", "#sd", "each draw");
        foreach (ArmResult arm in result.Classify.Arms)
        {
            table.Add(arm.Name, arm.Frozen ? "yes" : "", Percent(arm.MeanAccuracy), Percent(arm.Sd), string.Join("  ", arm.PerDraw.Select(Percent)));
        }

        table.Write(cli);
        string shown = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        shown = shown.StartsWith("..", StringComparison.Ordinal) ? folder : shown;
        string encoder = Path.Combine(shown, OnnxNames.EncoderFile);
        cli.WriteLine($"Report:   {Path.Combine(shown, FileName)}");
        cli.WriteLine($"Run:      {shown}");
        cli.WriteLine();
        cli.WriteLine("Try next:");
        cli.WriteLine($"  ./onnxae info {encoder}");
        cli.WriteLine($"  ./onnxae demo --data {(result.Dataset == "mnist" ? "fashion-mnist" : "mnist")}");
        cli.WriteLine($"  ./onnxae classify score {shown} --in pictures/ --out answers.csv");
        cli.WriteLine($"  ml.Transforms.ApplyOnnxEncoder(\"Features\", \"Pixels\", \"{encoder}\")   // in your own ML.NET pipeline");
    }

    private ReportContent Content(DemoResult result, DenoisedImages denoised) => new()
    {
        Title = $"{result.Architecture} on {result.Dataset}",
        Lead = Invariant($"A denoising autoencoder, trained without labels on {data.Train.Count:N0} images in {result.TrainSeconds:F0} seconds, exported to ONNX, and used in ML.NET to undo damage to pictures and to classify them from {result.Classify.Labels} labels."),
        Headlines =
        [
            (Invariant($"{100 * result.Classify.Frozen:F1} %"), Invariant($"accuracy from {result.Classify.Labels} labels, frozen encoder and label spreading")),
            (Invariant($"{100 * (result.Classify.Frozen - result.Classify.Scratch):+0.0;−0.0} points"), "against the same network from scratch"),
            (Invariant($"{result.Denoise.PsnrDenoised - result.Denoise.PsnrNoisy:+0.0;−0.0} dB"), "signal-to-noise ratio gained by undoing damage"),
            (Invariant($"{result.Verify.MaxAbsDiff:0.0e+0}"), "largest difference between ONNX and TorchSharp"),
        ],
        Losses = [new LossCurve("training", result.TrainLosses), new LossCurve("test", result.TestLosses)],
        LossNote = $"{options.Objective}, the network's own loss on damaged images. Training: mean over the epoch, as the weights change; test: after the epoch.",
        Images = Images(denoised),
        ImageNote = Invariant($"{result.Denoise.Corruption} on all {data.Test.Count:N0} test images, compared with the undamaged ones: {result.Denoise.PsnrNoisy:F2} dB before, {result.Denoise.PsnrDenoised:F2} dB after. It is for such damage that the network was trained, not for pixel noise. The first {settings.ReportImages} images:"),
        Accuracies = [.. result.Classify.Arms.Select(arm => new AccuracyRow(arm.Name, arm.Description, new DrawSummary(arm.MeanAccuracy, arm.Sd, arm.PerDraw), arm.Frozen))],
        AccuracyNote = Invariant($"{result.Classify.Labels} labels, mean ± standard deviation of {result.Classify.Draws} draws; accuracy on all {data.Test.Count:N0} test images, measured on models that were saved and loaded again. Chance is {100.0 / data.Train.ClassCount:F0} %."),
        Facts = Facts(result),
    };

    private List<ImageRow> Images(DenoisedImages denoised)
    {
        RowSet test = data.Test;
        int count = denoised.FirstDenoised.Count;
        string[] names = [.. Enumerable.Range(0, count).Select(i => ClassNames.Of(data.Known?.Name, test.Labels.Span[i]))];
        byte[][] original = [.. Enumerable.Range(0, count).Select(i => test.GetPicture(i))];
        byte[][] damaged = [.. Enumerable.Range(0, count).Select(i => denoised.Damaged.GetPicture(i))];
        return
        [
            new ImageRow("original", test.Width, test.Height, original, names),
            new ImageRow("damaged", test.Width, test.Height, damaged, names),
            new ImageRow("denoised", test.Width, test.Height, denoised.FirstDenoised, names),
        ];
    }

    private List<(string Name, string Value)> Facts(DemoResult result) =>
    [
        ("data", Invariant($"{data.Name}, {data.Train.Count:N0} + {data.Test.Count:N0} images ({data.Provider})")),
        ("data sha256", data.Sha256),
        ("network", $"{architecture.Name}, {architecture.Layers}"),
        ("source", architecture.Source),
        ("training", Invariant($"{result.Epochs} epochs, batch {options.BatchSize}, {options.Optimizer} {options.LearningRate}, {options.Schedule}")),
        ("damage", $"{options.Corruption}"),
        ("seed", Invariant($"{result.Seed}")),
        .. result.Classify.Arms.Where(arm => arm.Chosen.All(chosen => chosen.Count > 0)).Select(arm => (
            arm.Name, $"L2 penalties {string.Join(", ", arm.Chosen.Select(chosen => Invariant($"{chosen["l2"]:G3}")))}, chosen inside each draw")),
        ("from scratch", Invariant($"{settings.ArmSettings.ScratchAugmented.Steps} steps of {settings.ArmSettings.ScratchAugmented.BatchSize}")),
        ("classifier.zip", Invariant($"{100 * result.Classify.SavedAccuracy:F2} % of the test images, first draw")),
        ("encoding in ML.NET", Invariant($"{result.Encode.RowsPerSecond:N0} images a second")),
        ("encoder sha256", result.Classify.EncoderSha256),
        .. libraries.Select(component => (component.Name, component.Version)),
    ];

    private static string Percent(double share) => Invariant($"{100 * share:F2} %");
}

/// <summary>What denoising leaves: figures, and pictures to show.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Damaged">The damaged test images.</param>
/// <param name="FirstDenoised">The first few of them, denoised, as grey values.</param>
internal sealed record DenoisedImages(DenoiseResult Result, RowSet Damaged, IReadOnlyList<byte[]> FirstDenoised);
