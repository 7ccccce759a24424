using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Loads what <c>--data</c> names: a known data set, a folder with four IDX files, a folder of pictures, or a table.</summary>
internal sealed class LabeledImagesLoader(DataSetStore store)
{
    private static readonly string[] FileNames =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Does the same, and shows the download as a step.</summary>
    public Task<LabeledImages> LoadAsync(DataRequest request, IProgressStep step, CancellationToken cancellationToken) =>
        HasPictures(request.Source) ? Task.FromResult(LoadPictures(request, step, cancellationToken))
            : File.Exists(request.Source) ? Task.FromResult(LoadTable(request, step, cancellationToken))
            : LoadAsync(RequirePlain(request).Source, new DownloadProgress(store, step), cancellationToken);

    /// <summary>Finds the files, downloading a known data set that is not on this machine, and reads them.</summary>
    /// <exception cref="ArgumentException">The name is neither a data set's nor a folder's.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or images and labels do not fit together.</exception>
    public async Task<LabeledImages> LoadAsync(string nameOrFolder, IProgress<DataSetProgress> progress, CancellationToken cancellationToken)
    {
        if (store.Known.FirstOrDefault(set => set.Name.Equals(nameOrFolder, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            DataSetFiles files = await store.GetAsync(nameOrFolder, progress: progress, cancellationToken: cancellationToken);
            var (train, test) = Read(files.TrainImages, files.TrainLabels, files.TestImages, files.TestLabels);
            return new LabeledImages(files.Name, files.Provider, files.Folder, files.Sha256, train, test) { Known = known };
        }

        if (!Directory.Exists(nameOrFolder))
        {
            string names = string.Join(", ", store.Known.Select(set => set.Name));
            throw new ArgumentException($"'{nameOrFolder}' is neither a file, nor a folder, nor a known data set ({names}).");
        }

        return LoadFolder(Path.GetFullPath(nameOrFolder));
    }

    /// <summary>Whether a source is a folder of pictures: not one of IDX files, and no known data set.</summary>
    public bool HasPictures(string source) => Directory.Exists(source)
        && !store.Known.Any(set => set.Name.Equals(source, StringComparison.OrdinalIgnoreCase))
        && !FileNames.Any(name => File.Exists(Path.Combine(source, name)) || File.Exists(Path.Combine(source, name + ".gz")));

    private static LabeledImages LoadPictures(DataRequest request, IProgressStep step, CancellationToken cancellationToken)
    {
        PictureSet pictures = PictureSetLoader.Load(request, step, cancellationToken);
        var (train, test) = DataSplit.Of(pictures.Rows, request.TestShare ?? DataRequest.UsualTestShare, request.Seed);
        string folder = Path.GetFullPath(request.Source), name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return new LabeledImages(name, "folder", folder, Hash(train, test), train, test)
        {
            Metadata = pictures.Metadata,
            Remarks = pictures.Remarks,
            TestShare = request.TestShare ?? DataRequest.UsualTestShare,
        };
    }

    private static LabeledImages LoadTable(DataRequest request, IProgressStep step, CancellationToken cancellationToken)
    {
        if (request.Size is not null || request.Channels != 1 || request.KeepsAspect)
        {
            throw new UsageException($"--size, --keep-aspect and --color are for folders of pictures; '{request.Source}' is a file.");
        }

        var (rows, table, features) = TableSetLoader.Load(request, step, cancellationToken);
        var (train, test) = DataSplit.Of(rows, request.TestShare ?? DataRequest.UsualTestShare, request.Seed);
        string path = Path.GetFullPath(request.Source);
        return new LabeledImages(Path.GetFileNameWithoutExtension(path), "file", path, Hash(train, test), train, test)
        {
            TestShare = request.TestShare ?? DataRequest.UsualTestShare,
            Table = table,
            TableFeatures = features,
        };
    }

    private static DataRequest RequirePlain(DataRequest request) => request.IsPlain ? request
        : throw new UsageException($"--size, --keep-aspect and --color are for folders of pictures, --columns and --label for tables, --test for both; '{request.Source}' has images of one size and a test set of its own.");

    private static LabeledImages LoadFolder(string folder)
    {
        string[] paths = [.. FileNames.Select(name => Locate(folder, name))];
        var (train, test) = Read(paths[0], paths[1], paths[2], paths[3]);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return new LabeledImages(name, "folder", folder, Hash(train, test), train, test);
    }

    private static string Locate(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        return File.Exists(plain) ? plain
            : File.Exists(plain + ".gz") ? plain + ".gz"
            : throw new FileNotFoundException($"The folder '{folder}' has neither {name} nor {name}.gz.");
    }

    private static (RowSet Train, RowSet Test) Read(string trainImages, string trainLabels, string testImages, string testLabels)
    {
        var train = RowSet.Load(trainImages, trainLabels);
        var test = RowSet.Load(testImages, testLabels);
        if (!train.Shape.SequenceEqual(test.Shape))
        {
            throw new InvalidDataException(
                $"Training images of {RowShapes.Say(train.Shape)} do not go with test images of {RowShapes.Say(test.Shape)}.");
        }

        IReadOnlyList<string> classes = train.ClassCount > test.ClassCount ? train.Classes : test.Classes; // either may happen to lack the last one
        return (train.WithClasses(classes), test.WithClasses(classes));
    }

    private static string Hash(params RowSet[] sets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in sets)
        {
            set.AppendTo(hash);
            hash.AppendData(Array.ConvertAll(set.Labels.ToArray(), label => (byte)label));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A data set in memory: images to learn from and images to test on, all labeled.</summary>
/// <param name="Name">Name of the data set, or of the folder that it came from.</param>
/// <param name="Provider">Who had it, such as <c>system</c> or <c>folder</c>.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Sha256">One name for the data whatever its packing.</param>
/// <param name="Train">Training images and labels.</param>
/// <param name="Test">Test images and labels.</param>
internal sealed record LabeledImages(string Name, string Provider, string Folder, string Sha256, RowSet Train, RowSet Test)
{
    /// <summary>What models that are trained on them have to say of how they came to be.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Share of the rows that was set apart for the test; null where the data had a test set.</summary>
    public double? TestShare { get; init; }

    /// <summary>The table that they are the rows of; null for pictures.</summary>
    public TableFile? Table { get; init; }

    /// <summary>What makes numbers of its columns.</summary>
    public ITransformer? TableFeatures { get; init; }

    /// <summary>What was passed over and left out, a line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The catalogue's data set that these are the images of; null for a folder of the user's own, whatever its name.</summary>
    public DataSetInfo? Known { get; init; }
}

/// <summary>
/// Shows the download of a data set's files as one way from 0 to 1. It reports on the calling thread, since
/// <see cref="Progress{T}"/> would report late and out of order.
/// </summary>
internal sealed class DownloadProgress(DataSetStore store, IProgressStep step) : IProgress<DataSetProgress>
{
    public void Report(DataSetProgress value)
    {
        var names = store.Known.Select(set => set.Files.Select(file => file.Name).ToList());
        var files = names.First(set => set.Exists(name => IsOf(value, name)));
        double part = value.TotalBytes is > 0 and long total ? (double)value.BytesReceived / total : 0;
        step.Report((files.FindIndex(name => IsOf(value, name)) + part) / files.Count, $"{value.File}, {Quantity.Megabytes(value.BytesReceived)}");
    }

    private static bool IsOf(DataSetProgress value, string name) => value.File.StartsWith(name, StringComparison.Ordinal);
}

/// <summary>What the classes of the known data sets are called.</summary>
internal static class ClassNames
{
    // https://github.com/zalandoresearch/fashion-mnist#labels
    private static readonly string[] Fashion =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>The name of a class; its number where it has none.</summary>
    /// <param name="dataSet">The catalogue's data set; null for a folder of the user's own.</param>
    /// <param name="label">The class, from 0.</param>
    public static string Of(string? dataSet, int label) =>
        dataSet == "fashion-mnist" && label < Fashion.Length ? Fashion[label] : label.ToString(CultureInfo.InvariantCulture);
}
