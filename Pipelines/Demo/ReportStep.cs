using System.Globalization;
using OnnxAE.Inference.Data;
using OnnxAE.Pipelines.Cli;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Report;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Puts the demo's figures and pictures on one page.</summary>
internal sealed class ReportStep(DemoSession session)
{
    /// <summary>The page's file in the run.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page.</summary>
    public void Run(
        LabeledImages data, TrainedModel trained, DenoisedImages denoised, IReadOnlyList<IClassifierArm> arms, DemoResult result, Stack stack) =>
        File.WriteAllText(session.PathOf(FileName), ReportPage.Render(Content(data, trained, denoised, arms, result, stack)));

    private ReportContent Content(
        LabeledImages data, TrainedModel trained, DenoisedImages denoised, IReadOnlyList<IClassifierArm> arms, DemoResult result, Stack stack) => new()
        {
            Title = $"{result.Architecture} on {result.Dataset}",
            Lead = Text($"A denoising autoencoder, trained without labels on {data.Train.Count:N0} images in {result.TrainSeconds:F0} seconds, exported to ONNX, and used in ML.NET to clean pictures and to classify them from {result.Classify.Labels} labels."),
            Headlines =
        [
            (Text($"{100 * result.Classify.Frozen:F1} %"), Text($"accuracy from {result.Classify.Labels} labels, frozen encoder")),
            (Text($"{100 * (result.Classify.Frozen - result.Classify.Scratch):+0.0;−0.0} points"), "against the same network from scratch"),
            (Text($"{result.Denoise.PsnrDenoised - result.Denoise.PsnrNoisy:+0.0;−0.0} dB"), "signal-to-noise ratio gained by denoising"),
            (Text($"{result.Verify.MaxAbsDiff:0.0e+0}"), "largest difference between ONNX and TorchSharp"),
        ],
            Losses = [new LossCurve("training", result.TrainLosses), new LossCurve("test", result.TestLosses)],
            LossNote = "Mean squared error of the rebuilt pixels against the clean ones, from noised inputs. Training: mean over the epoch, as the weights change; test: after the epoch.",
            Images = Images(data, denoised),
            ImageNote = Text($"Noise {result.Denoise.Corruption} on all {data.Test.Count:N0} test images: {result.Denoise.PsnrNoisy:F2} dB before, {result.Denoise.PsnrDenoised:F2} dB after. The first {session.Settings.ReportImages} of them:"),
            Accuracies = [.. arms.Select(arm => new AccuracyRow(arm.Name, arm.Description, result.Classify.Arms[arm.Key], IsOurs: arm.Key == "frozen"))],
            AccuracyNote = Text($"{result.Classify.Labels} labels, mean ± standard deviation of {result.Classify.Draws} draws; accuracy on all {data.Test.Count:N0} test images, measured on pipelines that were saved and loaded again. Chance is {100.0 / data.Train.ClassCount:F0} %."),
            Facts = Facts(data, trained, result, stack),
        };

    private static List<ImageRow> Images(LabeledImages data, DenoisedImages denoised)
    {
        ImageSet test = data.Test;
        int count = denoised.FirstDenoised.Count;
        string[] names = [.. Enumerable.Range(0, count).Select(i => ClassNames.Of(data.Name, test.Labels.Span[i]))];
        byte[][] original = [.. Enumerable.Range(0, count).Select(i => test.GetImage(i).ToArray())];
        byte[][] noised = [.. Enumerable.Range(0, count).Select(i => denoised.Noised.GetImage(i).ToArray())];
        return
        [
            new ImageRow("original", test.Width, test.Height, original, names),
            new ImageRow("noised", test.Width, test.Height, noised, names),
            new ImageRow("denoised", test.Width, test.Height, denoised.FirstDenoised, names),
        ];
    }

    private List<(string Name, string Value)> Facts(LabeledImages data, TrainedModel trained, DemoResult result, Stack stack) =>
    [
        ("data", Text($"{data.Name}, {data.Train.Count:N0} + {data.Test.Count:N0} images ({data.Provider})")),
        ("data sha256", data.Sha256),
        ("network", $"{trained.Architecture.Id}, {trained.Architecture.Layers}"),
        ("source", trained.Architecture.Source),
        ("training", Text($"{trained.History.Epochs.Count} epochs, batch {trained.Options.BatchSize}, Adam {trained.Options.LearningRate}, {trained.Options.Schedule}")),
        ("noise", $"{trained.Options.Corruption}"),
        ("seed", Text($"{result.Seed}")),
        ("classifier", Text($"maximum entropy, L1 {session.Settings.L1Regularization}, L2 {session.Settings.L2Regularization} (on codes {session.Settings.CodeL2Regularization}), standardised features")),
        ("from scratch", Text($"{session.Settings.Scratch.Epochs} epochs, batch {session.Settings.Scratch.BatchSize}, Adam {session.Settings.Scratch.LearningRate}")),
        ("encoding in ML.NET", Text($"{result.Encode.RowsPerSecond:N0} images a second")),
        ("encoder sha256", result.Classify.EncoderSha256),
        ("stack", stack.Name),
        .. stack.Components.Select(component => (component.Name, component.Version)),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
