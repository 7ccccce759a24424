using System.Text.Json;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains a classifier on images of which some are labeled, calibrates it, and puts its run folder in its place.</summary>
internal sealed class ClassifierFitter(CliContext cli, DataSetStore store, ClassifySettings settings)
{
    private readonly StepPrinter _steps = new(cli);

    /// <summary>Does it.</summary>
    /// <exception cref="InvalidDataException">Images, labels and encoder do not go together.</exception>
    /// <exception cref="IncompleteException">The two files differ; the .zip was kept.</exception>
    public async Task<ClassifyFitResult> RunAsync(ClassifyFitRequest request, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(request.OutputFolder); // refuses a place that is taken before any work is done
        IReadOnlyList<int> pixels = request.Encoder is { } given ? ShapeOf(Find(given, DataSetDefaults.Usual)) : OwnEncoder.UsualShape;
        ClassifyData data = await _steps.RunAsync(
            "data",
            $"Loading {request.Data}",
            step => new ClassifyDataLoader(store).LoadAsync(request, pixels, step, cancellationToken),
            found => $"{found.Count:N0} images of {found.Name}, {found.LabelCount:N0} of them labeled, {found.Classes.Count} classes");
        foreach (string remark in data.Remarks)
        {
            _steps.Write("data", $"{remark}");
        }

        EncoderSpec spec = request.Encoder ?? await TrainAsync(request, data, cancellationToken);
        FrozenEncoder encoder = Mirrored(Find(spec, data.Defaults), data.Defaults, folder);
        string encoderPath = encoder.FileOf(encoder.Layer);

        using StandardFeatures features = await _steps.RunAsync(
            "encode",
            "Encoding",
            step => StandardFeatures.Compute(
                FeatureSource.Onnx(encoder.Name, encoderPath), data.Images, data.Count, done => step.Report(done, encoder.Name), cancellationToken),
            found => $"{encoder.Name}, features of {found.Dimension} numbers");
        Head head = request.Spreads && data.LabelCount < data.Count ? new SpreadingHead(request.Method, settings)
            : request.Method == HeadKind.Linear ? new LinearHead(settings)
            : new PerceptronHead(settings);
        NearestNeighbors? neighbors = !head.NeedsNeighbors ? null : await _steps.RunAsync(
            "graph",
            "Finding neighbors",
            step => features.FindNeighbors(settings.NeighborCount, step, encoder.Name, cancellationToken),
            found => $"{found.NeighborCount} nearest neighbors of each of {found.RowCount:N0} images");

        var fitter = new HeadFitter(features, data.Classes.Count, head, neighbors, settings, request.Seed, cancellationToken);
        HeadValidation validation = await _steps.RunAsync(
            "validate",
            "Cross-validating",
            step => HeadValidation.Run(fitter, data.Keys, step.Report, cancellationToken),
            found => Describe(found, head.SettingName));
        double temperature = validation.Calibration?.Temperature ?? 1;
        ClassifierHead plain = await _steps.RunAsync(
            "fit",
            "Fitting",
            _ => fitter.Fit(data.Keys, validation.Setting),
            _ => $"{(request.Method == HeadKind.Linear ? "maximum entropy" : "multilayer perceptron")} on {(neighbors is null ? "the labeled images" : "all images, labels spread over the graph")}");
        ClassifierHead calibrated = plain.WithTemperature(temperature);

        string zipPath = folder.PathOf(SavedClassifier.FileName);
        SavedClassifier.Write(zipPath, features, calibrated, data.Shape, data.Classes);
        ITransformer saved = new MLContext(request.Seed).Model.LoadWithBatchedOnnx(zipPath, out _);
        using var disposable = saved as IDisposable;
        var (difference, whyNotFused) = request.Fuse
            ? await FuseAsync(encoderPath, features, calibrated, data, saved, folder, cancellationToken)
            : (null, null);
        ClassifyTest? test = data.Test is null ? null : await _steps.RunAsync(
            "test",
            "Testing",
            _ => ClassifyTest.Of(Evaluation.Predict(saved, data.Test, cancellationToken), temperature),
            found => $"{100 * found.Accuracy:F2} % of {found.Images:N0} test images right, calibration error {100 * found.ErrorBefore:F2} % before and {100 * found.ErrorAfter:F2} % after");
        var result = new ClassifyFitResult(
            Created: cli.Time.GetUtcNow(),
            Run: folder.Path,
            Data: data.Name,
            Images: data.Count,
            Labels: data.LabelCount,
            LabelsByClass: data.LabelsByClass,
            LabeledRows: [.. data.Keys.Index().Where(key => key.Item != 0).Select(key => key.Index)],
            Encoder: encoder.Name,
            EncoderSha256: ModelHash.OfFile(encoderPath),
            Features: features.Dimension,
            Method: request.Method,
            LabelSpreading: neighbors is not null,
            Setting: validation.Setting,
            SettingName: head.SettingName,
            Seed: request.Seed,
            Calibration: validation.Calibration,
            Test: test,
            LargestDifference: difference,
            Seconds: _steps.Seconds,
            Libraries: LibraryVersion.Describe())
        {
            Metadata = data.Metadata.Count > 0 ? data.Metadata : null,
        };
        folder.Commit(files => JsonSerializer.Serialize(result with { Files = files }, JsonFile.Options) + "\n", ClassifierCard.Render(result));
        _steps.Write("run", $"{folder.Path}");
        return whyNotFused is null ? result : throw new IncompleteException(whyNotFused, result);
    }

    private static FrozenEncoder Find(EncoderSpec spec, DataSetDefaults defaults) =>
        EncoderLoader.Find(spec, defaults) ?? throw new UsageException($"--encoder '{spec.Target}' is neither a run folder nor an .onnx file.");

    // Nothing but the images decides the encoder; what is known of a data set decides which one, and how it is read.
    private async Task<EncoderSpec> TrainAsync(ClassifyFitRequest request, ClassifyData data, CancellationToken cancellationToken)
    {
        string run = await _steps.TimeAsync("encoder", () => new OwnEncoder(cli, store).GetAsync(data, data.Defaults.Encoder, request.Seed, cancellationToken));
        _steps.Write("encoder", $"{run}");
        return new EncoderSpec(null, run, data.Defaults.Layer);
    }

    // As the experiment reads it. The file becomes a part of the run.
    private static FrozenEncoder Mirrored(FrozenEncoder encoder, DataSetDefaults defaults, RunFolder folder)
    {
        string path = encoder.FileOf(encoder.Layer);
        if (!defaults.HasToMirror(path))
        {
            return encoder;
        }

        string averaged = folder.PathOf(OnnxNames.EncoderFile);
        OnnxEncoders.MirrorAverage(path, averaged);
        return new FrozenEncoder($"{encoder.Name} averaged over mirror images", averaged);
    }

    // The .zip is worth keeping without the other file.
    private async Task<(double? Difference, string? WhyNot)> FuseAsync(
        string encoderPath, StandardFeatures features, ClassifierHead head, ClassifyData data, ITransformer saved, RunFolder folder, CancellationToken cancellationToken)
    {
        string path = folder.PathOf(RunGraphs.ClassifierFile);
        try
        {
            FusedClassifier.Write(path, encoderPath, features.Offset.AsSpan(), features.Scale.AsSpan(), head, data.Classes.Names);
            double difference = await _steps.RunAsync(
                "fuse",
                "Comparing both files",
                step => FusedComparison.Run(path, saved, data, settings.FusedLimit, done => step.Report(done, RunGraphs.ClassifierFile), cancellationToken),
                found => $"{RunGraphs.ClassifierFile} is within {found:0.0e+0} of {SavedClassifier.FileName} on all {data.Count:N0} images");
            return (difference, null);
        }
        catch (InvalidDataException exception)
        {
            File.Delete(path);
            return (null, $"{exception.Message} {SavedClassifier.FileName} was kept in '{folder.Path}', {RunGraphs.ClassifierFile} was not.");
        }
    }

    // As the encoder's metadata say; else a flat row, or the dimensions of its input.
    private static IReadOnlyList<int> ShapeOf(FrozenEncoder encoder)
    {
        string path = encoder.CodeFile;
        OnnxModelInfo info = OnnxModelInfo.Read(path);
        IReadOnlyList<int> shape = info.Inputs is [{ RowShape: { Count: > 0 } sizes }] ? sizes : [0];
        int count = shape.Aggregate(1, (product, size) => product * size);
        return count > 0 ? RowShapes.Read(info.Metadata, count) ?? (shape.Count is 1 or 3 ? shape : [count])
            : throw new InvalidDataException($"'{path}' takes {string.Join("; ", info.Inputs)}, expected one input of images of a fixed size.");
    }

    private static FormattableString Describe(HeadValidation validation, string settingName) => validation.Calibration is { } found
        ? $"{100 * found.Accuracy:F2} % of {found.Rows:N0} hidden labels right, {settingName} {validation.Setting:G3}, temperature {found.Temperature:F3}: calibration error {100 * found.ErrorBefore:F2} % -> {100 * found.ErrorAfter:F2} %"
        : (FormattableString)$"no class has two labels: nothing was validated, probabilities are as they come";
}

/// <summary>Every knob of <c>classify fit</c> that is not on its command line, with the reason for its value.</summary>
internal sealed record ClassifySettings : HeadSettings
{
    /// <summary>The most that a probability of the .zip and of the ONNX file may differ by: rounding comes to a tenth of it.</summary>
    public double FusedLimit { get; init; } = 1e-5;
}

/// <summary>What the command line asks of <c>classify fit</c>.</summary>
internal sealed record ClassifyFitRequest
{
    /// <summary>Share of a known data set's labels that is used where nothing else is said.</summary>
    public const double DefaultFraction = 0.01;

    /// <summary>A known data set, a folder with four IDX files, a file of rows, or a folder of pictures.</summary>
    public required string Data { get; init; }

    /// <summary>How the pictures of a folder are read; null for as they are.</summary>
    public DataRequest? Pictures { get; init; }

    /// <summary>A file of labels; null for data that has its own.</summary>
    public string? Labels { get; init; }

    /// <summary>Share of each class's labels that is used; null for all, or 1 % of a known data set's.</summary>
    public double? Fraction { get; init; }

    /// <summary>Of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The encoder; null trains one.</summary>
    public EncoderSpec? Encoder { get; init; }

    /// <summary>What stands on the features.</summary>
    public HeadKind Method { get; init; } = HeadKind.Mlp;

    /// <summary>Whether labels spread to the rows that have none.</summary>
    public bool Spreads { get; init; } = true;

    /// <summary>Whether to write one ONNX file too.</summary>
    public bool Fuse { get; init; }

    /// <summary>The run folder.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>What becomes of pixels; null divides bytes by 255 and leaves numbers as they are.</summary>
    public BytePixels? Pixels { get; init; }
}
