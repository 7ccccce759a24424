using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A classifier of either form, ready for a column <c>Pixels</c>.</summary>
/// <param name="Path">Its file.</param>
/// <param name="PixelCount">Pixels of an image.</param>
/// <param name="Classes">The classes.</param>
/// <param name="ScoreColumn">Where the probabilities come out.</param>
/// <param name="CreateTransformer">Makes what is applied to rows.</param>
internal sealed record ClassifyModel(string Path, int PixelCount, ClassList Classes, string ScoreColumn, Func<IDataView, ITransformer> CreateTransformer)
{
    private const string PredictedLabel = "PredictedLabel", Score = "Score", KeyValues = "KeyValues";

    /// <summary>Opens it.</summary>
    /// <param name="path">A run folder, a .zip or an ONNX file.</param>
    /// <exception cref="UsageException">It is none of these.</exception>
    /// <exception cref="InvalidDataException">The file holds no classifier of pixels.</exception>
    public static ClassifyModel Open(string path)
    {
        if (Directory.Exists(path))
        {
            string[] names = [SavedClassifier.FileName, RunGraphs.ClassifierFile];
            path = names.Select(name => System.IO.Path.Combine(path, name)).FirstOrDefault(File.Exists)
                ?? throw new UsageException($"The folder '{path}' holds no {string.Join(" or ", names)}; name a run of 'onnxae classify fit', or a file.");
        }

        return !File.Exists(path) ? throw new FileNotFoundException($"There is no file '{path}', expected a classifier.", path)
            : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? OpenZip(path)
            : OpenOnnx(path);
    }

    private static ClassifyModel OpenZip(string path)
    {
        var ml = new MLContext(seed: 1);
        ITransformer model;
        DataViewSchema input;
        try
        {
            model = ml.Model.LoadWithBatchedOnnx(path, out input);
        }
        catch (FormatException)
        {
            throw NoClassifier(path, "it is damaged, cut short or no saved model");
        }

        if (input?.GetColumnOrNull(SavedClassifier.PixelsColumn)?.Type is not VectorDataViewType { Size: > 0 and int pixelCount })
        {
            throw NoClassifier(path, $"it does not read a vector '{SavedClassifier.PixelsColumn}'");
        }

        DataViewSchema output = model.GetOutputSchema(input);
        if (output.GetColumnOrNull(Score)?.Type is not VectorDataViewType { Size: > 0 and int classCount } type || type.ItemType != NumberDataViewType.Single)
        {
            throw NoClassifier(path, $"it does not write a vector '{Score}'");
        }

        return new ClassifyModel(path, pixelCount, new ClassList(NamesOf(output.GetColumnOrNull(PredictedLabel), classCount)), Score, _ => model);
    }

    private static ClassifyModel OpenOnnx(string path)
    {
        OnnxModelInfo info = OnnxModelInfo.Read(path);
        OnnxTensorInfo? output = info.Outputs.FirstOrDefault(o => o.Name == OnnxNames.Probabilities);
        if (info.Inputs is not [{ RowShape: { } pixels }] || output?.RowShape is not [> 0 and var classCount] || pixels.Contains(0))
        {
            throw NoClassifier(path, $"it takes {string.Join("; ", info.Inputs)} and gives {string.Join("; ", info.Outputs)}, expected pixels of a fixed size and {OnnxNames.Probabilities}");
        }

        string[] names = info.Metadata.TryGetValue(FusedClassifier.ClassesKey, out string? json)
            ? JsonSerializer.Deserialize<string[]>(json) ?? []
            : [.. Enumerable.Range(0, classCount).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return names.Length == classCount && names.Distinct().Count() == names.Length
            ? new ClassifyModel(path, pixels.Aggregate(1, (product, size) => product * size), new ClassList(names), OnnxNames.Probabilities, Fit)
            : throw NoClassifier(path, $"it names {names.Length} classes and gives {classCount} probabilities");

        ITransformer Fit(IDataView rows) => new MLContext(seed: 1).Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            ModelFile = path,
            InputColumnNames = [SavedClassifier.PixelsColumn],
            OutputColumnNames = [OnnxNames.Probabilities],
        }).Fit(rows);
    }

    // Of keys without names the numbers, as people count classes.
    private static string[] NamesOf(DataViewSchema.Column? label, int classCount)
    {
        string[] names = label is not { } column ? []
            : column.HasKeyValues(TextDataViewType.Instance) ? Values<ReadOnlyMemory<char>>(column)
            : column.HasKeyValues(NumberDataViewType.Single) ? Values<float>(column)
            : [];
        return names.Length == classCount ? names : [.. Enumerable.Range(0, classCount).Select(c => c.ToString(CultureInfo.InvariantCulture))];
    }

    private static string[] Values<T>(DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))];
    }

    private static InvalidDataException NoClassifier(string path, string why) => new($"'{path}' holds no classifier of pixels: {why}.");
}
