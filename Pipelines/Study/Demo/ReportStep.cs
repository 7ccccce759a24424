using OnnxAE.Inference;
using OnnxAE.Training;
using static System.FormattableString;

namespace OnnxAE.Pipelines;

/// <summary>Puts the demo's figures and pictures on one page.</summary>
internal sealed class ReportStep(DemoSession session)
{
    /// <summary>The page's file in the run.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page.</summary>
    public void Run(LabeledImages data, TrainedModel trained, DenoisedImages denoised, DemoResult result, IReadOnlyList<LibraryVersion> libraries) =>
        File.WriteAllText(session.PathOf(FileName), ReportPage.Render(Content(data, trained, denoised, result, libraries)));

    private ReportContent Content(LabeledImages data, TrainedModel trained, DenoisedImages denoised, DemoResult result, IReadOnlyList<LibraryVersion> libraries) => new()
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
        LossNote = $"{trained.Options.Objective}, the network's own loss on damaged images. Training: mean over the epoch, as the weights change; test: after the epoch.",
        Images = Images(data, denoised),
        ImageNote = Invariant($"{result.Denoise.Corruption} on all {data.Test.Count:N0} test images, compared with the undamaged ones: {result.Denoise.PsnrNoisy:F2} dB before, {result.Denoise.PsnrDenoised:F2} dB after. It is for such damage that the network was trained, not for pixel noise. The first {session.Settings.ReportImages} images:"),
        Accuracies = [.. result.Classify.Arms.Select(arm => new AccuracyRow(arm.Name, arm.Description, new DrawSummary(arm.MeanAccuracy, arm.Sd, arm.PerDraw), arm.Frozen))],
        AccuracyNote = Invariant($"{result.Classify.Labels} labels, mean ± standard deviation of {result.Classify.Draws} draws; accuracy on all {data.Test.Count:N0} test images, measured on models that were saved and loaded again. Chance is {100.0 / data.Train.ClassCount:F0} %."),
        Facts = Facts(data, trained, result, libraries),
    };

    private static List<ImageRow> Images(LabeledImages data, DenoisedImages denoised)
    {
        ImageSet test = data.Test;
        int count = denoised.FirstDenoised.Count;
        string[] names = [.. Enumerable.Range(0, count).Select(i => ClassNames.Of(data.Name, test.Labels.Span[i]))];
        byte[][] original = [.. Enumerable.Range(0, count).Select(i => test.GetImage(i).ToArray())];
        byte[][] damaged = [.. Enumerable.Range(0, count).Select(i => denoised.Damaged.GetImage(i).ToArray())];
        return
        [
            new ImageRow("original", test.Width, test.Height, original, names),
            new ImageRow("damaged", test.Width, test.Height, damaged, names),
            new ImageRow("denoised", test.Width, test.Height, denoised.FirstDenoised, names),
        ];
    }

    private List<(string Name, string Value)> Facts(LabeledImages data, TrainedModel trained, DemoResult result, IReadOnlyList<LibraryVersion> libraries) =>
    [
        ("data", Invariant($"{data.Name}, {data.Train.Count:N0} + {data.Test.Count:N0} images ({data.Provider})")),
        ("data sha256", data.Sha256),
        ("network", $"{trained.Architecture.Name}, {trained.Architecture.Layers}"),
        ("source", trained.Architecture.Source),
        ("training", Invariant($"{trained.History.Epochs.Count} epochs, batch {trained.Options.BatchSize}, {trained.Options.Optimizer} {trained.Options.LearningRate}, {trained.Options.Schedule}")),
        ("damage", $"{trained.Options.Corruption}"),
        ("seed", Invariant($"{result.Seed}")),
        .. result.Classify.Arms.Where(arm => arm.Chosen.All(chosen => chosen.Count > 0)).Select(arm => (
            arm.Name, $"L2 penalties {string.Join(", ", arm.Chosen.Select(chosen => Invariant($"{chosen["l2"]:G3}")))}, chosen inside each draw")),
        ("from scratch", Invariant($"{session.Settings.ArmSettings.ScratchAugmented.Steps} steps of {session.Settings.ArmSettings.ScratchAugmented.BatchSize}")),
        ("classifier.zip", Invariant($"{100 * result.Classify.SavedAccuracy:F2} % of the test images, first draw")),
        ("encoding in ML.NET", Invariant($"{result.Encode.RowsPerSecond:N0} images a second")),
        ("encoder sha256", result.Classify.EncoderSha256),
        .. libraries.Select(component => (component.Name, component.Version)),
    ];
}
