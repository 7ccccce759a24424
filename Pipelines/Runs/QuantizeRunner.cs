using System.Diagnostics;
using System.Numerics.Tensors;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Quantizes the models of a run folder, compares each with its floats, and keeps those that are faster.</summary>
/// <param name="folder">The run, or a copy of it that may be changed.</param>
/// <param name="data">Training images to calibrate with, test images to measure on.</param>
/// <param name="settings">How.</param>
internal sealed class QuantizeRunner(string folder, LabeledImages data, QuantizeSettings settings)
{
    private const string Pixels = "Pixels"; // the column of the views of images, and of codes here
    private const string Output = "Output";
    private const int Seed = 1;
    private static readonly string[] Files =
        [OnnxNames.EncoderFile, OnnxNames.FeaturesFile, OnnxNames.DecoderFile, OnnxNames.AutoencoderFile, RunGraphs.ClassifierFile];

    private readonly MLContext _ml = new(Seed);

    /// <summary>Goes through the files of the run.</summary>
    public IReadOnlyList<QuantizedFile> Run(IProgressStep step, CancellationToken cancellationToken)
    {
        string[] files = [.. Files.Where(file => File.Exists(PathOf(file)))];
        if (files.Length == 0)
        {
            throw new FileNotFoundException($"The run '{folder}' has none of {string.Join(", ", Files)}; export it first.");
        }

        var results = new List<QuantizedFile>();
        foreach (string file in files)
        {
            step.Report((double)results.Count / files.Length, file);
            results.Add(Measure(file, cancellationToken));
        }

        return results;
    }

    /// <summary>What a file of integers is called.</summary>
    public static string NameOf(string file) => Path.ChangeExtension(file, ".int8.onnx");

    private QuantizedFile Measure(string file, CancellationToken cancellationToken)
    {
        string path = PathOf(file), quantizedPath = PathOf(NameOf(file));
        if (!OnnxQuantizer.HasLayers(path))
        {
            File.Delete(quantizedPath);
            return new QuantizedFile { File = file, QuantizedFileName = NameOf(file), Bytes = new FileInfo(path).Length };
        }

        OnnxQuantization quantization = OnnxQuantizer.Quantize(path, CalibrationRows(file, cancellationToken), settings.Options, cancellationToken);
        File.WriteAllBytes(quantizedPath, quantization.Model);
        (double ratio, int batch) = Speed(file, path, quantizedPath, cancellationToken);
        var result = new QuantizedFile
        {
            File = file,
            QuantizedFileName = NameOf(file),
            Kept = settings.Force || ratio > settings.KeptAbove,
            Layers = quantization.Quantized.Count,
            Skipped = quantization.Skipped.Count,
            Bytes = new FileInfo(path).Length,
            QuantizedBytes = quantization.Model.Length,
            SpeedRatio = ratio,
            BatchSize = batch,
            Error = Error(file, path, cancellationToken),
            QuantizedError = Error(file, quantizedPath, cancellationToken),
            Accuracy = Accuracy(file, path, cancellationToken),
            QuantizedAccuracy = Accuracy(file, quantizedPath, cancellationToken),
        };
        if (!result.Kept)
        {
            File.Delete(quantizedPath);
        }

        return result;
    }

    private ReadOnlyMemory<float> CalibrationRows(string file, CancellationToken cancellationToken)
    {
        RowSet images = First(data.Train, settings.CalibrationRows);
        return file == OnnxNames.DecoderFile
            ? Encode(OnnxNames.EncoderFile, images, cancellationToken).SelectMany(code => code).ToArray()
            : [.. Enumerable.Range(0, images.Count).SelectMany(images.ToArray)];
    }

    private (double Ratio, int Batch) Speed(string file, string path, string quantizedPath, CancellationToken cancellationToken)
    {
        IDataView view = Input(file, First(data.Test, settings.SpeedRows), cancellationToken);
        using BatchedOnnxTransformer floats = Open(path, view), integers = Open(quantizedPath, view, floats.BatchSize);
        double[] ratios = new double[settings.Rounds];
        Time(floats); // both warm up
        Time(integers);
        for (int round = 0; round < ratios.Length; round++)
        {
            double seconds = Time(floats);
            ratios[round] = seconds / Time(integers);
        }

        return (ratios.Median(), floats.BatchSize);

        double Time(BatchedOnnxTransformer model)
        {
            long begin = Stopwatch.GetTimestamp();
            VectorColumn.ForEach(model.Transform(view), Output, (_, _) => { }, cancellationToken);
            return Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
    }

    // Of a reconstruction in which this file alone is exchanged.
    private double? Error(string file, string path, CancellationToken cancellationToken)
    {
        bool hasHalves = File.Exists(PathOf(OnnxNames.EncoderFile)) && File.Exists(PathOf(OnnxNames.DecoderFile));
        if (file == OnnxNames.EncoderFile && hasHalves)
        {
            List<float[]> codes = Encode(Path.GetFileName(path), data.Test, cancellationToken);
            return MeanSquaredError(PathOf(OnnxNames.DecoderFile), CodeRow.View(_ml, codes, Pixels), cancellationToken);
        }

        return file == OnnxNames.AutoencoderFile || (file == OnnxNames.DecoderFile && hasHalves)
            ? MeanSquaredError(path, Input(file, data.Test, cancellationToken), cancellationToken)
            : null;
    }

    private double? Accuracy(string file, string path, CancellationToken cancellationToken) => file switch
    {
        OnnxNames.EncoderFile or OnnxNames.FeaturesFile => FeatureClassifier.Accuracy(data, path, settings.Draws, Seed, cancellationToken),
        RunGraphs.ClassifierFile => ShareRight(path, cancellationToken),
        _ => null,
    };

    private double ShareRight(string path, CancellationToken cancellationToken)
    {
        List<float[]> probabilities = Encode(Path.GetFileName(path), data.Test, cancellationToken);
        return probabilities.Where((row, i) => TensorPrimitives.IndexOfMax(row) == data.Test.Labels.Span[i]).Count() / (double)probabilities.Count;
    }

    // The mean squared difference between what a file gives and the test images, which are bytes of [0, 1].
    private double MeanSquaredError(string path, IDataView view, CancellationToken cancellationToken)
    {
        using BatchedOnnxTransformer model = Open(path, view);
        double sum = 0;
        VectorColumn.ForEach(
            model.Transform(view),
            Output,
            (row, values) =>
            {
                float[] clean = data.Test.ToArray(row);
                for (int i = 0; i < values.Length; i++)
                {
                    double difference = (double)values[i] - clean[i];
                    sum += difference * difference;
                }
            },
            cancellationToken);
        return sum / ((double)data.Test.Count * data.Test.Size);
    }

    // What a file of the run makes of images.
    private List<float[]> Encode(string file, RowSet images, CancellationToken cancellationToken)
    {
        IDataView view = _ml.Data.LoadFromRows(images);
        using BatchedOnnxTransformer model = Open(PathOf(file), view);
        List<float[]> rows = [];
        VectorColumn.ForEach(model.Transform(view), Output, (_, values) => rows.Add(values.ToArray()), cancellationToken);
        return rows;
    }

    // Images, or for a decoder their codes.
    private IDataView Input(string file, RowSet images, CancellationToken cancellationToken) => file == OnnxNames.DecoderFile
        ? CodeRow.View(_ml, Encode(OnnxNames.EncoderFile, images, cancellationToken), Pixels)
        : _ml.Data.LoadFromRows(images);

    // A file applied through ML.NET, as its users do it.
    private BatchedOnnxTransformer Open(string path, IDataView view, int batchSize = 0) => _ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
    {
        OutputColumnName = Output,
        InputColumnName = Pixels,
        ModelFile = path,
        BatchSize = batchSize,
    }).Fit(view);

    private static RowSet First(RowSet images, int count) => images.Slice(0, Math.Min(count, images.Count));

    private string PathOf(string file) => Path.Combine(folder, file);
}

/// <summary>How a run's models are quantized and measured.</summary>
internal sealed record QuantizeSettings
{
    /// <summary>Training images that ranges are taken from: some hundred show what there is to see.</summary>
    public int CalibrationRows { get; init; } = 512;

    /// <summary>Test images that speed is measured on, at most.</summary>
    public int SpeedRows { get; init; } = 4096;

    /// <summary>Passes of either model, in turn.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Draws of the labels that the accuracy is the mean of.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>The speed ratio above which a model is kept.</summary>
    public double KeptAbove { get; init; } = 1;

    /// <summary>Whether a model is kept that is no faster.</summary>
    public bool Force { get; init; }

    /// <summary>Ranges and bits.</summary>
    public OnnxQuantizationOptions Options { get; init; } = new();
}

/// <summary>A model of a run as floats and as integers.</summary>
internal sealed record QuantizedFile
{
    /// <summary>The file of floats.</summary>
    public required string File { get; init; }

    /// <summary>The file of integers.</summary>
    public required string QuantizedFileName { get; init; }

    /// <summary>Whether the latter is in the run now.</summary>
    public bool Kept { get; init; }

    /// <summary>Layers that multiply integers; without any there is no file, and nothing to measure.</summary>
    public int Layers { get; init; }

    /// <summary>Layers that still multiply floats.</summary>
    public int Skipped { get; init; }

    /// <summary>Bytes of the file of floats.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of the file of integers.</summary>
    public long? QuantizedBytes { get; init; }

    /// <summary>Seconds of the one over seconds of the other on the same rows and batches, the median of the rounds; above 1, integers are faster.</summary>
    public double? SpeedRatio { get; init; }

    /// <summary>Rows of a call.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Mean squared error of test images through floats; null where the file has no part in a reconstruction.</summary>
    public double? Error { get; init; }

    /// <summary>The same with this one file in integers.</summary>
    public double? QuantizedError { get; init; }

    /// <summary>Accuracy from 1 % of the labels on the features that the file gives, or the classifier's own; null for other files.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The same in integers.</summary>
    public double? QuantizedAccuracy { get; init; }
}
