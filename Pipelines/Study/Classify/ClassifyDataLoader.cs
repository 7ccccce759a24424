using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Loads what <c>classify fit</c> learns from: a known data set, or files of one's own.</summary>
internal sealed class ClassifyDataLoader(DataSetStore store)
{
    private const string FirstFile = "train-images-idx3-ubyte"; // of a folder with four IDX files

    /// <summary>Loads it.</summary>
    /// <exception cref="UsageException">Labels are missing, or named where there are some already.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or labels and images do not go together.</exception>
    public async Task<ClassifyData> LoadAsync(ClassifyFitRequest request, int pixelCount, IProgressStep step, CancellationToken cancellationToken)
    {
        bool isKnown = store.Known.Any(set => set.Name.Equals(request.Data, StringComparison.OrdinalIgnoreCase));
        bool hasFourFiles = Directory.Exists(request.Data) && (File.Exists(Path.Combine(request.Data, FirstFile)) || File.Exists(Path.Combine(request.Data, FirstFile + ".gz")));
        if (!isKnown && !hasFourFiles)
        {
            return File.Exists(request.Data) || Directory.Exists(request.Data) ? LoadOwn(request, pixelCount)
                : throw new UsageException($"'{request.Data}' is neither a file or folder of images nor a known data set ({string.Join(", ", store.Known.Select(set => set.Name))}).");
        }

        if (request.Labels is not null)
        {
            throw new UsageException($"'{request.Data}' has labels of its own; leave --labels out, and say with --fraction how many of them to use.");
        }

        LabeledImages images = await new LabeledImagesLoader(store).LoadAsync(request.Data, new DownloadProgress(store, step), cancellationToken);
        return images.Train.PixelCount == pixelCount
            ? LoadKnown(images, request).Check()
            : throw new InvalidDataException($"The images of {images.Name} have {images.Train.PixelCount} pixels, but the encoder takes {pixelCount}.");
    }

    private static ClassifyData LoadKnown(LabeledImages images, ClassifyFitRequest request)
    {
        var ml = new MLContext(seed: 1);
        var classes = new ClassList([.. Enumerable.Range(0, images.Train.ClassCount).Select(label => ClassNames.Of(images.Name, label))]);
        IDataView train = ml.Data.LoadFromImages(images.Train);
        uint[] keys = Keep(ml, KeysOf(images.Train), classes.Count, request.Fraction ?? ClassifyFitRequest.DefaultFraction, request.Seed);
        return new ClassifyData(images.Name, train, images.Train.Count, images.Train.PixelCount, classes, keys)
        {
            Test = ml.Data.LoadFromImages(images.Test),
            TestKeys = KeysOf(images.Test),
        };
    }

    private static ClassifyData LoadOwn(ClassifyFitRequest request, int pixelCount)
    {
        if (request.Labels is not { } labelPath)
        {
            throw new UsageException($"'{request.Data}' has no labels; name a file of them with --labels: a label a row, or for a folder a file name and a label a line.");
        }

        var ml = new MLContext(seed: 1);
        PixelRows rows = Open(request, pixelCount);
        string?[] labels = LabelFile.Read(labelPath, rows.Names, rows.Count, request.Data);
        var classes = ClassList.Of(labels);
        uint[] keys = classes.KeysOf(labels, labelPath);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Data)));
        var data = new ClassifyData(name, rows.View, rows.Count, pixelCount, classes, keys).Check();
        return request.Fraction is { } fraction ? data with { Keys = Keep(ml, keys, classes.Count, fraction, request.Seed) } : data;
    }

    private static PixelRows Open(ClassifyFitRequest request, int pixelCount)
    {
        try
        {
            return PixelRows.Open(request.Data, pixelCount, request.Pixels);
        }
        catch (InvalidDataException exception) when (request.Encoder is null)
        {
            throw new InvalidDataException($"{exception.Message} (The encoder that is trained here takes 28 x 28 pixels; --encoder names one for other images.)", exception);
        }
    }

    private static uint[] KeysOf(ImageSet images) => [.. images.Labels.ToArray().Select(label => label + 1u)];

    // The same rows as TakeLabeledSlice and KeepLabels choose of the same images.
    private static uint[] Keep(MLContext ml, uint[] keys, int classCount, double fraction, int seed)
    {
        var schema = SchemaDefinition.Create(typeof(KeyRow));
        schema[nameof(KeyRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        IDataView view = ml.Data.LoadFromEnumerable(keys.Select(key => new KeyRow { Label = key - 1 }).ToArray(), schema);
        return [.. ml.Data.KeepLabels(view, fraction, seed).GetColumn<uint>(nameof(KeyRow.Label))];
    }

    private sealed class KeyRow
    {
        public uint Label { get; set; }
    }
}
