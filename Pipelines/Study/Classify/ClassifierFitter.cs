using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains a classifier on images of which some are labeled, calibrates it, and puts its run folder in its place.</summary>
internal sealed class ClassifierFitter(CliContext cli, DataSetStore store, ClassifySettings settings)
{
    private readonly IProgressDisplay display = ProgressDisplay.For(cli);
    private readonly Dictionary<string, double> seconds = [];

    /// <summary>Does it.</summary>
    /// <exception cref="InvalidDataException">Images, labels and encoder do not go together.</exception>
    /// <exception cref="IncompleteException">The two files differ; the .zip was kept.</exception>
    public async Task<ClassifyFitResult> RunAsync(ClassifyFitRequest request, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(request.OutputFolder); // refuses a place that is taken before any work is done
        FrozenEncoder? given = request.Encoder is { } spec ? EncoderOf(request.Data, spec) : null;
        int pixelCount = given is null ? OwnEncoder.PixelCount : PixelCountOf(given);
        ClassifyData data = await StepAsync(
            "data",
            $"Loading {request.Data}",
            step => new ClassifyDataLoader(store).LoadAsync(request, pixelCount, step, cancellationToken),
            found => string.Create(CultureInfo.InvariantCulture, $"{found.Count:N0} images of {found.Name}, {found.LabelCount:N0} of them labeled, {found.Classes.Count} classes"));
        FrozenEncoder encoder = Mirrored(given ?? await TrainedAsync(request, data, cancellationToken), DataSetDefaults.For(data.Name), folder);

        using StandardFeatures features = await StepAsync(
            "encode",
            "Encoding",
            step => Task.FromResult(StandardFeatures.Compute(
                FeatureSource.Onnx(encoder.Name, encoder.FileOf(encoder.Layer)), data.Images, data.Count, done => step.Report(done, encoder.Name), cancellationToken)),
            found => $"{encoder.Name}, features of {found.Dimension} numbers");
        NearestNeighbors? neighbors = request.Spreads && data.LabelCount < data.Count ? await StepAsync(
            "graph",
            "Finding neighbors",
            step => Task.FromResult(features.FindNeighbors(settings.NeighborCount, step, encoder.Name, cancellationToken)),
            found => string.Create(CultureInfo.InvariantCulture, $"{found.NeighborCount} nearest neighbors of each of {found.RowCount:N0} images")) : null;

        var fitter = new HeadFitter(features, data.Classes.Count, request.Method, neighbors, settings, request.Seed, cancellationToken);
        HeadValidation validation = await StepAsync(
            "validate",
            "Cross-validating",
            step => Task.FromResult(HeadValidation.Run(fitter, data.Keys, step.Report, cancellationToken)),
            found => Describe(found, fitter.SettingName));
        ClassifierHead plain = await StepAsync("fit", "Fitting", _ => Task.FromResult(fitter.Fit(data.Keys, validation.Setting)), _ => MethodName(request, neighbors));
        ClassifierHead head = plain.WithTemperature(validation.Calibration?.Temperature ?? 1);

        string zipPath = folder.PathOf(SavedClassifier.FileName), onnxPath = folder.PathOf(RunGraphs.ClassifierFile);
        SavedClassifier.Write(zipPath, features, head, data.PixelCount, data.Classes);
        ITransformer saved = new MLContext(request.Seed).Model.LoadWithBatchedOnnx(zipPath, out _);
        using var disposable = saved as IDisposable;
        double? difference = null;
        string? whyNotFused = null;
        if (request.Fuse)
        {
            try
            {
                FusedClassifier.Write(onnxPath, encoder.FileOf(encoder.Layer), features.Offset.AsSpan(), features.Scale.AsSpan(), head, data.Classes.Names);
                difference = await StepAsync(
                    "fuse",
                    "Comparing both files",
                    step => Task.FromResult(FusedComparison.Run(onnxPath, saved, data, settings.FusedLimit, done => step.Report(done, RunGraphs.ClassifierFile), cancellationToken)),
                    found => string.Create(CultureInfo.InvariantCulture, $"{RunGraphs.ClassifierFile} is within {found:0.0e+0} of {SavedClassifier.FileName} on all {data.Count:N0} images"));
            }
            catch (InvalidDataException exception)
            {
                File.Delete(onnxPath);
                whyNotFused = $"{exception.Message} {SavedClassifier.FileName} was kept in '{folder.Path}', {RunGraphs.ClassifierFile} was not.";
            }
        }

        ClassifyTest? test = data.Test is null ? null : await StepAsync(
            "test",
            "Testing",
            _ => Task.FromResult(Test(saved, data, validation.Calibration?.Temperature ?? 1, cancellationToken)),
            found => string.Create(CultureInfo.InvariantCulture, $"{100 * found.Accuracy:F2} % of {found.Images:N0} test images right, calibration error {100 * found.ErrorBefore:F2} % before and {100 * found.ErrorAfter:F2} % after"));
        var result = new ClassifyFitResult
        {
            Created = cli.Time.GetUtcNow(),
            Run = folder.Path,
            Data = data.Name,
            Images = data.Count,
            Labels = data.LabelCount,
            LabelsByClass = data.LabelsByClass,
            LabeledRows = [.. data.Keys.Index().Where(key => key.Item != 0).Select(key => key.Index)],
            Encoder = encoder.Name,
            EncoderSha256 = ModelHash.OfFile(encoder.FileOf(encoder.Layer)),
            Features = features.Dimension,
            Method = request.Method,
            LabelSpreading = neighbors is not null,
            Setting = validation.Setting,
            SettingName = fitter.SettingName,
            Seed = request.Seed,
            Calibration = validation.Calibration,
            Test = test,
            LargestDifference = difference,
            Seconds = seconds,
            Libraries = LibraryVersion.Describe(),
        };
        folder.Commit(files => JsonSerializer.Serialize(result with { Files = files }, JsonFile.Options) + "\n", ClassifierCard.Render(result));
        cli.WriteLine($"run       {folder.Path}");
        return whyNotFused is null ? result : throw new IncompleteException(whyNotFused, result);
    }

    private static FrozenEncoder EncoderOf(string data, EncoderSpec spec) =>
        EncoderLoader.Find(spec, DataSetDefaults.For(Path.GetFileName(Path.TrimEndingDirectorySeparator(data))))
            ?? throw new UsageException($"--encoder '{spec.Target}' is neither a run folder nor an .onnx file.");

    // Nothing but the images decides the encoder; what is known of a data set decides which one, and how it is read.
    private async Task<FrozenEncoder> TrainedAsync(ClassifyFitRequest request, ClassifyData data, CancellationToken cancellationToken)
    {
        long start = cli.Time.GetTimestamp();
        DataSetDefaults defaults = DataSetDefaults.For(data.Name);
        string run = await new OwnEncoder(cli, store).GetAsync(data, defaults.Encoder, request.Seed, display, cancellationToken);
        seconds["encoder"] = Math.Round(cli.Time.GetElapsedTime(start).TotalSeconds, 2);
        cli.WriteLine($"encoder   {run}");
        return EncoderOf(request.Data, new EncoderSpec(null, run, defaults.Layer));
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

    private async Task<T> StepAsync<T>(string name, string title, Func<IProgressStep, Task<T>> work, Func<T, string> describe)
    {
        long start = cli.Time.GetTimestamp();
        T result = await display.RunAsync(title, work);
        seconds[name] = Math.Round(cli.Time.GetElapsedTime(start).TotalSeconds, 2);
        cli.WriteLine($"{name,-9} {describe(result)}");
        return result;
    }

    private static ClassifyTest Test(ITransformer model, ClassifyData data, double temperature, CancellationToken cancellationToken)
    {
        List<float[]> scores = [];
        VectorColumn.ForEach(model.Transform(data.Test!), "Score", (_, row) => scores.Add(row.ToArray()), cancellationToken);
        var predictions = new Predictions(scores, [.. data.TestKeys.Select(key => (int)key - 1)]);
        return new ClassifyTest(
            predictions.Count, predictions.Accuracy, predictions.WithTemperature(1 / temperature).CalibrationError, predictions.CalibrationError);
    }

    private static int PixelCountOf(FrozenEncoder encoder)
    {
        string path = encoder.FileOf(encoder.Layer);
        OnnxModelInfo info = OnnxModelInfo.Read(path);
        int count = info.Inputs is [{ RowShape: { Count: > 0 } sizes }] ? sizes.Aggregate(1, (product, size) => product * size) : 0;
        return count > 0 ? count
            : throw new InvalidDataException($"'{path}' takes {string.Join("; ", info.Inputs)}, expected one input of images of a fixed size.");
    }

    private static string MethodName(ClassifyFitRequest request, NearestNeighbors? neighbors) =>
        (request.Method == HeadKind.Linear ? "maximum entropy" : "multilayer perceptron") + (neighbors is null ? " on the labeled images" : " on all images, labels spread over the graph");

    private static string Describe(HeadValidation validation, string settingName) => validation.Calibration is { } found
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * found.Accuracy:F2} % of {found.Rows:N0} hidden labels right, {settingName} {validation.Setting:G3}, temperature {found.Temperature:F3}: calibration error {100 * found.ErrorBefore:F2} % -> {100 * found.ErrorAfter:F2} %")
        : "no class has two labels: nothing was validated, probabilities are as they come";
}
