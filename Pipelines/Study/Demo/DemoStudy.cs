using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// The whole product in one run, in seven lines: data, train, export, verify, encode, denoise, classify. The last one is a fixed
/// study: the data set's own encoder, four arms, three draws of the labels.
/// </summary>
internal sealed class DemoStudy(CliContext cli, DataSetStore store, DemoSettings settings)
{
    /// <summary>The frozen encoder's classifier in the run, from the first draw, with the encoder inside.</summary>
    public const string ModelFile = SavedClassifier.FileName;

    private readonly StepPrinter _steps = new(cli);

    /// <summary>Runs the demo; the run folder appears, whole, at the very end.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public async Task<DemoResult> RunAsync(DemoRequest request, CancellationToken cancellationToken)
    {
        string place = request.OutputFolder ?? Path.Combine("runs", "demo-" + Path.GetFileName(Path.TrimEndingDirectorySeparator(request.DataSet)));
        RunFolder.Create(place, replace: true).Dispose(); // refuses a place that is taken before any work is done
        LabeledImages data = await _steps.LoadAsync(store, new DataRequest(request.DataSet), cancellationToken);
        Architecture architecture = ModelCatalog.Get(DataSetDefaults.For(data).Encoder);
        TrainingOptions options = TrainingOptions.For(architecture, request.Seed);
        options = options with { Epochs = request.Epochs ?? options.Epochs };
        using RunTrainer run = new(place, architecture, options, cli.Time, replaces: true);
        using Autoencoder model = architecture.Create(request.Seed);

        // The test loss is only shown: nothing is chosen by it.
        TrainingHistory history = await _steps.RunAsync(
            "train",
            $"Training {architecture.Name}",
            step => run.Train(model, data.Train, data.Test, [new TrainingReporter(step)], cancellationToken),
            done => $"{Quantity.Of(done.Epochs.Count, "epoch")} in {done.Seconds:F0} s, test loss {done.FinalValidationLoss:F5}");
        await _steps.RunAsync(
            "export",
            "Exporting",
            _ => run.Export(model, history),
            bytes => $"{OnnxNames.EncoderFile}, {OnnxNames.FeaturesFile}, {OnnxNames.DecoderFile}, {OnnxNames.AutoencoderFile}: {bytes / 1e6:F1} MB");
        VerificationReport verification = await _steps.RunAsync(
            "verify",
            "Verifying",
            _ => run.Verify(data.Test, cancellationToken),
            report => $"{report.Graphs[0].Rows:N0} images through every graph: pixels within {VerifyResult.Of(report).MaxAbsDiff:0.0e+0} of TorchSharp");
        EncodeResult encode = await _steps.RunAsync(
            "encode",
            "Encoding",
            _ => Encode(data.Test, run.Folder, request.Seed, cancellationToken),
            result => $"{result.Images:N0} images to codes of {result.CodeSize} numbers, {result.RowsPerSecond:N0} images a second");
        DenoisedImages denoised = await _steps.RunAsync(
            "denoise",
            "Denoising",
            _ => Denoise(data.Test, options.Corruption!, run.Folder, request.Seed, cancellationToken),
            images => $"{images.Result.PsnrNoisy:F2} dB damaged, {images.Result.PsnrDenoised:F2} dB denoised");
        FrozenEncoder encoder = new(architecture.Name, run.Folder.PathOf(OnnxNames.EncoderFile))
        {
            MapFile = run.Folder.PathOf(OnnxNames.FeaturesFile),
            Layer = DataSetDefaults.For(data).Layer,
            Architecture = architecture,
            Corruption = options.Corruption,
            TrainingSeconds = history.Seconds,
        };
        ClassifyResult classify = await _steps.RunAsync(
            "classify",
            "Classifying",
            step => Classify(data, encoder, run.Folder, request.Seed, step, cancellationToken),
            result => $"{result.Labels} labels, {Quantity.Of(result.Draws, "draw")} of them, {Quantity.Of(result.Arms.Count, "arm")}; {ModelFile} {100 * result.SavedAccuracy:F2} %");

        IReadOnlyList<LibraryVersion> libraries = LibraryVersion.Describe();
        DemoResult result = new(
            Versions: libraries.ToDictionary(component => component.Name, component => component.Version),
            Dataset: data.Name,
            DatasetSha256: data.Sha256,
            Architecture: architecture.Name,
            Seed: request.Seed,
            Epochs: history.Epochs.Count,
            TrainSeconds: Math.Round(history.Seconds, 2),
            TrainLosses: [.. history.Epochs.Select(epoch => epoch.TrainLoss)],
            TestLosses: [.. history.Epochs.Select(epoch => epoch.ValidationLoss!.Value)],
            TestLoss: history.FinalValidationLoss!.Value,
            Verify: VerifyResult.Of(verification),
            Encode: encode,
            Denoise: denoised.Result,
            Classify: classify,
            Report: Path.Combine(run.Folder.Path, DemoReport.FileName),
            Steps: _steps.Times);
        new DemoReport(settings, data, architecture, options, libraries).Write(result, denoised, run.Folder);
        cancellationToken.ThrowIfCancellationRequested();
        run.Commit(RunData.Describe(data.Name, data.Train, data.Test), Metrics(result));
        DemoReport.Print(cli, result, run.Folder.Path);
        return result;
    }

    // Turns all test images into codes through ML.NET, and measures the pace.
    private EncodeResult Encode(RowSet test, RunFolder folder, int seed, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed);
        IDataView images = ml.Data.LoadFromRows(test);
        using var archive = new TemporaryFile(folder.PathOf("encoder-pipeline.zip"));
        ITransformer encoder = SavedPipeline.Create(
            ml, ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", folder.PathOf(OnnxNames.EncoderFile)), images, archive.Path);
        using var disposable = encoder as IDisposable;

        long start = cli.Time.GetTimestamp();
        int codeSize = 0;
        int rows = VectorColumn.ForEach(encoder.Transform(images), "Features", (_, code) => codeSize = code.Length, cancellationToken);
        return new EncodeResult(rows, codeSize, Math.Round(rows / cli.Time.GetElapsedTime(start).TotalSeconds));
    }

    // Damages all test images as in training, and lets the exported network undo it, through ML.NET.
    private DenoisedImages Denoise(RowSet test, ICorruption corruption, RunFolder folder, int seed, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed);
        RowSet damaged = CorruptedImages.Create(test, corruption, seed, cancellationToken);
        IDataView images = ml.Data.LoadFromRows(damaged);
        using var archive = new TemporaryFile(folder.PathOf("denoiser-pipeline.zip"));
        ITransformer denoiser = SavedPipeline.Create(
            ml, ml.Transforms.ApplyOnnxDenoiser("Denoised", "Pixels", folder.PathOf(OnnxNames.AutoencoderFile)), images, archive.Path);
        using var disposable = denoiser as IDisposable;

        Psnr noisy = new(), restored = new();
        List<byte[]> first = [];
        VectorColumn.ForEach(
            denoiser.Transform(images),
            "Denoised",
            (row, output) =>
            {
                float[] clean = test.ToArray(row);
                noisy.Add(clean, damaged.ToArray(row));
                restored.Add(clean, output);
                if (row < settings.ReportImages)
                {
                    first.Add([.. output.ToArray().Select(value => (byte)MathF.Round(255 * Math.Clamp(value, 0, 1)))]);
                }
            },
            cancellationToken);
        return new DenoisedImages(new DenoiseResult($"{corruption}", noisy.Decibels, restored.Decibels), damaged, first);
    }

    // Lets every arm learn from the same few labels, several draws of them. Nothing but the final accuracy is computed from test labels.
    private ClassifyResult Classify(LabeledImages data, FrozenEncoder encoder, RunFolder run, int seed, IProgressStep step, CancellationToken cancellationToken)
    {
        string modelPath = run.PathOf(ModelFile), folder = run.PathOf("classify");
        var study = new ArmStudy(data, settings.ArmSettings, folder)
        {
            // The last of the frozen arms, the best one, stays.
            OnFitted = (arm, slice, model) =>
            {
                if (arm.IsFrozen && slice.Draw == 0)
                {
                    arm.Features!.Train.Save(model.Transformer, data.Train.Shape, modelPath);
                }
            },
        };
        CellResult cell = study.Run([encoder], settings.Arms, [LabelSlices.UsualShare(data.Train)], settings.Draws, seed, step, cancellationToken)[0];
        Directory.Delete(folder, recursive: true);

        var ml = new MLContext(seed);
        ITransformer saved = ml.Model.LoadWithBatchedOnnx(modelPath, out _);
        using var disposable = saved as IDisposable;
        double accuracy = Evaluation.Predict(saved, ml.Data.LoadFromRows(data.Test), cancellationToken).Accuracy;
        return ClassifyResult.Of(cell, accuracy, study.EncoderHashes[encoder.FileOf(encoder.Layer)]);
    }

    private static Dictionary<string, double> Metrics(DemoResult result) => new()
    {
        ["testLoss"] = result.TestLoss,
        ["denoise.psnrNoisy"] = result.Denoise.PsnrNoisy,
        ["denoise.psnrDenoised"] = result.Denoise.PsnrDenoised,
        ["classify.labels"] = result.Classify.Labels,
        ["classify.rawPixels"] = result.Classify.RawPixels,
        ["classify.frozenLinear"] = result.Classify.FrozenLinear,
        ["classify.frozen"] = result.Classify.Frozen,
        ["classify.scratch"] = result.Classify.Scratch,
    };
}

/// <summary>Every knob of the demo that is not on its command line, with the reason for its value.</summary>
internal sealed record DemoSettings
{
    /// <summary>Draws of the labels; three tell luck from skill in a demo, an experiment takes ten or more.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>The ways to classify: of the experiment's those that a few minutes are enough for.</summary>
    public IReadOnlyList<ArmKind> Arms { get; init; } = [ArmKind.Raw, ArmKind.Frozen, ArmKind.LabelSpreading, ArmKind.ScratchAugmented];

    /// <summary>Their knobs: the experiment's, so that its figures are the same.</summary>
    public ArmSettings ArmSettings { get; init; } = new();

    /// <summary>Pictures in each row of the report.</summary>
    public int ReportImages { get; init; } = 12;
}

/// <summary>What the command line asks of the demo.</summary>
/// <param name="DataSet">A known data set, or a folder with IDX files.</param>
/// <param name="OutputFolder">The run folder; null for <c>runs/demo-</c> and the data set's name.</param>
/// <param name="Seed">Decides the weights, the noise, the order of the images and the draws of the labels.</param>
/// <param name="Epochs">Passes over the training images; null for the architecture's own number.</param>
internal sealed record DemoRequest(string DataSet, string? OutputFolder, int Seed, int? Epochs);

/// <summary>Peak signal-to-noise ratio of pictures with values in [0, 1].</summary>
/// <remarks>
/// The square error is averaged over every pixel of every picture added, then turned into decibels once: a picture
/// that happens to be perfect does not make the figure infinite.
/// </remarks>
internal sealed class Psnr
{
    private double _squares;
    private long _count;

    /// <summary>Adds one picture; both spans have one value a pixel.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    public void Add(ReadOnlySpan<float> clean, ReadOnlySpan<float> other)
    {
        if (clean.Length != other.Length)
        {
            throw new ArgumentException($"A picture of {clean.Length} pixels cannot be compared with one of {other.Length}.", nameof(other));
        }

        for (int i = 0; i < clean.Length; i++)
        {
            double difference = (double)clean[i] - other[i];
            _squares += difference * difference;
        }

        _count += clean.Length;
    }

    /// <summary>The ratio in dB: 10 log10(1 / mean square error); infinite for equal pictures.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public double Decibels => _count > 0
        ? -10 * Math.Log10(_squares / _count)
        : throw new InvalidOperationException("There is no signal-to-noise ratio of no pictures.");
}
