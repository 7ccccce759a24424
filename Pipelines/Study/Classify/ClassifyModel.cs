using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>A classifier of either form, ready for a column <c>Pixels</c>.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Shape">What a row is: [channels, height, width], or [pixels] where the file doesn't say.</param>
/// <param name="Classes">The classes.</param>
/// <param name="ScoreColumn">Where the probabilities come out.</param>
/// <param name="CreateTransformer">Makes what is applied to rows.</param>
internal sealed record ClassifyModel(string Path, IReadOnlyList<int> Shape, ClassList Classes, string ScoreColumn, Func<IDataView, ITransformer> CreateTransformer)
{
    /// <summary>How the pictures of a folder are brought to the shape.</summary>
    public PictureOptions Pictures { get; init; } = new();

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

        if (input?.GetColumnOrNull(SavedClassifier.PixelsColumn)?.Type is not VectorDataViewType { Size: > 0 } pixels)
        {
            throw NoClassifier(path, $"it does not read a vector '{SavedClassifier.PixelsColumn}'");
        }

        DataViewSchema output = model.GetOutputSchema(input);
        if (output.GetColumnOrNull(Score)?.Type is not VectorDataViewType { Size: > 0 and int classCount } type || type.ItemType != NumberDataViewType.Single)
        {
            throw NoClassifier(path, $"it does not write a vector '{Score}'");
        }

        return new ClassifyModel(
            path, pixels.Dimensions, new ClassList(NamesOf(output.GetColumnOrNull(PredictedLabel), classCount)), Score, _ => model)
        {
            Pictures = PictureResizing.Read(MetadataOfRun(path)),
        };
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
            ? new ClassifyModel(path, RowShapes.ReadPicture(info.Metadata) ?? pixels, new ClassList(names), OnnxNames.Probabilities, Fit) { Pictures = PictureResizing.Read(info.Metadata) }
            : throw NoClassifier(path, $"it names {names.Length} classes and gives {classCount} probabilities");

        ITransformer Fit(IDataView rows) => new MLContext(seed: 1).Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            ModelFile = path,
            InputColumnNames = [SavedClassifier.PixelsColumn],
            OutputColumnNames = [OnnxNames.Probabilities],
        }).Fit(rows);
    }

    // A .zip has no place for metadata; the record of its run has.
    private static IReadOnlyDictionary<string, string> MetadataOfRun(string path)
    {
        string record = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, RunFolder.RecordFile);
        try
        {
            return File.Exists(record)
                ? JsonSerializer.Deserialize<RunMetadata>(File.ReadAllText(record), JsonFile.Options)?.Metadata ?? new Dictionary<string, string>()
                : new Dictionary<string, string>();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{record}' is damaged, or no record of a run.", exception);
        }
    }

    private sealed record RunMetadata(IReadOnlyDictionary<string, string>? Metadata);

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

/// <summary>The classes by name: numbers in their order where all names are numbers, texts by their letters.</summary>
internal sealed class ClassList
{
    private readonly Dictionary<string, uint> _keys;

    /// <param name="names">In the order of the keys, the first one 1.</param>
    public ClassList(IReadOnlyList<string> names)
    {
        Names = names;
        _keys = names.Index().ToDictionary(name => name.Item, name => (uint)name.Index + 1, StringComparer.Ordinal);
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The classes that labels name.</summary>
    public static ClassList Of(IEnumerable<string?> labels)
    {
        string[] names = [.. labels.OfType<string>().Distinct(StringComparer.Ordinal)];
        return new ClassList(names.All(IsNumber)
            ? [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Labels as keys from 1; 0 for none.</summary>
    /// <exception cref="InvalidDataException">A label is of no class.</exception>
    public uint[] KeysOf(IReadOnlyList<string?> labels, string source) => [.. labels.Select((label, row) =>
        label is null ? 0
        : _keys.TryGetValue(label, out uint key) ? key
        : throw new InvalidDataException($"'{source}' calls row {row + 1} '{label}', which the classifier never saw; its classes are {Shown()}."))];

    private string Shown()
    {
        const int most = 20;
        return string.Join(", ", Names.Take(most).Select(name => $"'{name}'")) + (Count > most ? $" and {Count - most} more" : "");
    }

    private static bool IsNumber(string name) => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}

/// <summary>The finished classifier as ML.NET's .zip: an encoder, a normalizer, and a head of which stock transformers are saved.</summary>
internal static class SavedClassifier
{
    /// <summary>Its file name in a run.</summary>
    public const string FileName = "classifier.zip";

    /// <summary>The column that it reads.</summary>
    public const string PixelsColumn = "Pixels";

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The encoder and the normalizer.</param>
    /// <param name="head">Standardised features to logits.</param>
    /// <param name="shape">What a row is.</param>
    /// <param name="classes">What PredictedLabel's keys stand for.</param>
    public static void Write(string path, StandardFeatures features, ClassifierHead head, IReadOnlyList<int> shape, ClassList classes)
    {
        using ClassifierHeadTransformer classifier = head.CreateTransformer(Label(classes), "Features", "Logits");
        features.Save(classifier, shape, path);
    }

    private static DataViewSchema.Column Label(ClassList classes)
    {
        DataViewSchema.Annotations.Builder names = new();
        names.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, classes.Count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(classes.Count, [.. classes.Names.Select(name => name.AsMemory())]));
        DataViewSchema.Builder schema = new();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), classes.Count), names.ToAnnotations());
        return schema.ToSchema()["Label"];
    }
}
