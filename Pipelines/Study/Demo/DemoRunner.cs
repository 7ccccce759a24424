using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>The whole product in one run: train, export, verify, encode, denoise, classify, report.</summary>
internal sealed class DemoRunner(CliContext cli, DataSetStore store, DemoSettings settings)
{
    /// <summary>Runs the demo; the run folder appears, whole, at the very end.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public async Task<DemoResult> RunAsync(DemoRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<LibraryVersion> libraries = LibraryVersion.Describe();
        using RunFolder folder = RunFolder.Create(FolderOf(request), replace: true);
        var session = new DemoSession(
            cli, settings with { Epochs = request.Epochs ?? settings.Epochs }, request.Seed, folder.WorkingPath, cancellationToken);

        LabeledImages data = await session.StepAsync(
            "data",
            $"Loading {request.DataSet}",
            step => new LabeledImagesLoader(store).LoadAsync(request.DataSet, new DownloadProgress(store, step), cancellationToken),
            found => $"{found.Train.Count:N0} training and {found.Test.Count:N0} test images of {found.Name}, from {found.Folder}");

        Architecture architecture = ModelCatalog.Get(DataSetDefaults.For(data.Name).Encoder);
        using TrainedModel trained = await session.StepAsync(
            "train",
            $"Training {architecture.Name}",
            step => new TrainStep(session).Run(architecture, data, step),
            model => $"{Count(model.History.Epochs.Count, "epoch")} in {model.History.Seconds:F0} s, test loss {model.History.FinalValidationLoss:F5}");

        await session.StepAsync(
            "export",
            "Exporting",
            _ => new ExportStep(session).Run(trained),
            bytes => $"{OnnxNames.EncoderFile}, {OnnxNames.FeaturesFile}, {OnnxNames.DecoderFile}, {OnnxNames.AutoencoderFile}: {bytes / 1e6:F1} MB");

        VerificationReport verification = await session.StepAsync(
            "verify",
            "Verifying",
            _ => new VerifyStep(session).Run(trained, data.Test),
            report => $"{report.Graphs[0].Rows:N0} images through every graph: pixels within {VerifyResult.Of(report).MaxAbsDiff:0.0e+0} of TorchSharp");

        EncodeResult encode = await session.StepAsync(
            "encode",
            "Encoding",
            _ => new EncodeStep(session).Run(data.Test, folder.PathOf(OnnxNames.EncoderFile)),
            result => $"{result.Images:N0} images to codes of {result.CodeSize} numbers, {result.RowsPerSecond:N0} images a second");

        DenoisedImages denoised = await session.StepAsync(
            "denoise",
            "Denoising",
            _ => new DenoiseStep(session).Run(data.Test, trained.Options.Corruption!, folder.PathOf(OnnxNames.AutoencoderFile)),
            images => $"{images.Result.PsnrNoisy:F2} dB damaged, {images.Result.PsnrDenoised:F2} dB denoised");

        ClassifyResult classify = await session.StepAsync(
            "classify",
            "Classifying",
            step => new ClassifyStep(session).Run(data, trained, step),
            result => $"{result.Labels} labels, {Count(result.Draws, "draw")} of them, {Count(result.Arms.Count, "arm")}; {ClassifyStep.ModelFile} {100 * result.SavedAccuracy:F2} %");

        DemoResult result = new()
        {
            Versions = libraries.ToDictionary(component => component.Name, component => component.Version),
            Dataset = data.Name,
            DatasetSha256 = data.Sha256,
            Architecture = architecture.Name,
            Seed = request.Seed,
            Epochs = trained.History.Epochs.Count,
            TrainSeconds = Math.Round(trained.History.Seconds, 2),
            TrainLosses = [.. trained.History.Epochs.Select(epoch => epoch.TrainLoss)],
            TestLosses = [.. trained.History.Epochs.Select(epoch => epoch.ValidationLoss!.Value)],
            TestLoss = trained.History.FinalValidationLoss!.Value,
            Verify = VerifyResult.Of(verification),
            Encode = encode,
            Denoise = denoised.Result,
            Classify = classify,
            Report = Path.Combine(folder.Path, ReportStep.FileName),
            Steps = session.Times,
        };
        new ReportStep(session).Run(data, trained, denoised, result, libraries);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit(DemoRecord.Create(cli.Time, data, trained, verification, result, libraries));
        DemoSummary.Write(cli, result, folder.Path);
        return result;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string FolderOf(DemoRequest request) =>
        request.OutputFolder ?? Path.Combine("runs", "demo-" + Path.GetFileName(Path.TrimEndingDirectorySeparator(request.DataSet)));
}
