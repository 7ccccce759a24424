using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Images to learn from, some of them labeled.</summary>
/// <param name="Name">Of the data set, or of the file or folder.</param>
/// <param name="Images">A column <c>Pixels</c>, a vector of Single in [0, 1].</param>
/// <param name="Count">Number of images.</param>
/// <param name="PixelCount">Pixels of an image.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Keys">A class an image, from 1; 0 where there is no label.</param>
internal sealed record ClassifyData(string Name, IDataView Images, int Count, int PixelCount, ClassList Classes, uint[] Keys)
{
    /// <summary>The images as bytes, where they are in memory as such; null where they are read from a file.</summary>
    public RowSet? Bytes { get; init; }

    /// <summary>What models that are trained on them have to say of how they came to be.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>What was passed over and left out, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What a row is: [channels, height, width], or [pixels] where nothing says more.</summary>
    public IReadOnlyList<int> Shape => Bytes?.Shape ?? [PixelCount];

    /// <summary>What is known of the data set.</summary>
    public DataSetDefaults Defaults { get; init; } = DataSetDefaults.Usual;

    /// <summary>Images of the same kind with all labels, to measure the finished classifier on; null where there are none.</summary>
    public IDataView? Test { get; init; }

    /// <summary>Labeled images.</summary>
    public int LabelCount => Keys.Count(key => key != 0);

    /// <summary>Labels of each class, by its name.</summary>
    public IReadOnlyDictionary<string, int> LabelsByClass =>
        Classes.Names.Index().ToDictionary(name => name.Item, name => Keys.Count(key => key == name.Index + 1));

    /// <summary>Refuses labels that nothing can be learned from.</summary>
    /// <exception cref="InvalidDataException">There are none, or all are of one class.</exception>
    public ClassifyData Check() => Classes.Count switch
    {
        0 => throw new InvalidDataException($"None of the {Count:N0} images of '{Name}' has a label, expected some of every class."),
        1 => throw new InvalidDataException($"All {LabelCount:N0} labels of '{Name}' are '{Classes.Names[0]}', expected two classes at least."),
        _ => this,
    };
}

/// <summary>Loads what <c>classify fit</c> learns from: a known data set, or files of one's own.</summary>
internal sealed class ClassifyDataLoader(DataSetStore store)
{
    private const string FirstFile = "train-images-idx3-ubyte"; // of a folder with four IDX files

    /// <summary>Loads it.</summary>
    /// <exception cref="UsageException">Labels are missing, or named where there are some already.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or labels and images do not go together.</exception>
    public async Task<ClassifyData> LoadAsync(ClassifyFitRequest request, IReadOnlyList<int> pixels, IProgressStep step, CancellationToken cancellationToken)
    {
        if (new LabeledImagesLoader(store).HasPictures(request.Data))
        {
            return LoadPictures(request, pixels, step, cancellationToken);
        }

        int pixelCount = RowShapes.SizeOf(pixels);
        if (request.Pictures is { IsPlain: false })
        {
            throw new UsageException($"--size, --keep-aspect and --color are for folders of pictures, and '{request.Data}' is none.");
        }

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
        return images.Train.Size == pixelCount
            ? LoadKnown(images, request).Check()
            : throw new InvalidDataException($"The images of {images.Name} have {images.Train.Size} pixels, but the encoder takes {pixelCount}.");
    }

    private static ClassifyData LoadKnown(LabeledImages images, ClassifyFitRequest request)
    {
        var ml = new MLContext(seed: 1);
        LabelSlice slice = LabelSlices.Draw(images.Train, request.Fraction ?? ClassifyFitRequest.DefaultFraction, request.Seed);
        var classes = new ClassList([.. Enumerable.Range(0, slice.ClassCount).Select(label => ClassNames.Of(images.Known?.Name, label))]);
        return new ClassifyData(images.Name, ml.Data.LoadFromRows(images.Train), images.Train.Count, images.Train.Size, classes, [.. slice.Keys])
        {
            Bytes = images.Train,
            Defaults = DataSetDefaults.For(images),
            Test = ml.Data.LoadFromRows(images.Test),
        };
    }

    private static ClassifyData LoadOwn(ClassifyFitRequest request, int pixelCount)
    {
        if (request.Labels is not { } labelPath)
        {
            throw new UsageException($"'{request.Data}' has no labels; name a file of them with --labels: a label a row, or for a folder a file name and a label a line.");
        }

        PixelRows rows = Open(request, pixelCount);
        string?[] labels = LabelFile.Read(labelPath, rows.Names, rows.Count, request.Data);
        var classes = ClassList.Of(labels);
        uint[] keys = classes.KeysOf(labels, labelPath);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Data)));
        var data = new ClassifyData(name, rows.View, rows.Count, pixelCount, classes, keys).Check();
        return request.Fraction is { } fraction ? data with { Keys = LabelSlices.KeepShare(keys, classes.Count, fraction, request.Seed) } : data;
    }

    // Labels are the names of the folders, or a file names them.
    private static ClassifyData LoadPictures(ClassifyFitRequest request, IReadOnlyList<int> pixels, IProgressStep step, CancellationToken cancellationToken)
    {
        DataRequest asked = request.Pictures ?? new DataRequest(request.Data);
        PictureSet pictures = PictureSetLoader.Load(request.Encoder is null ? asked : asked with { Shape = pixels }, step, cancellationToken);
        string?[] labels = request.Labels is { } path ? LabelFile.Read(path, pictures.Names, pictures.Rows.Count, request.Data)
            : pictures.Rows.HasLabels ? [.. pictures.Rows.Labels.ToArray().Select(label => label < 0 ? null : pictures.Rows.Classes[label])]
            : throw new UsageException($"The pictures of '{request.Data}' have no labels; put those of each class into a folder with its name and the rest into '{PictureSetLoader.Unlabeled}', or name a file of labels with --labels.");
        var classes = ClassList.Of(labels);
        uint[] keys = classes.KeysOf(labels, request.Labels ?? request.Data);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Data)));
        ClassifyData data = new ClassifyData(
            name, new MLContext(seed: 1).Data.LoadFromRows(pictures.Rows), pictures.Rows.Count, pictures.Rows.Size, classes, keys)
        {
            Bytes = pictures.Rows,
            Defaults = DataSetDefaults.ForShape(pictures.Rows.Shape),
            Metadata = pictures.Metadata,
            Remarks = pictures.Remarks,
        }.Check();
        return request.Fraction is { } fraction ? data with { Keys = LabelSlices.KeepShare(keys, classes.Count, fraction, request.Seed) } : data;
    }

    private static PixelRows Open(ClassifyFitRequest request, int pixelCount)
    {
        try
        {
            return PixelRows.Open(request.Data, new RowFileOptions { RowShape = [pixelCount] }, request.Pixels);
        }
        catch (InvalidDataException exception) when (request.Encoder is null)
        {
            throw new InvalidDataException($"{exception.Message} (The encoder that is trained here takes 28 x 28 pixels; --encoder names one for other images.)", exception);
        }
    }
}
