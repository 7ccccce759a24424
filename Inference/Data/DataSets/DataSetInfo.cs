namespace OnnxAE.Inference;

/// <summary>A data set that the store can find or download.</summary>
public sealed record DataSetInfo
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
public sealed record DataSetFile(string Name, long Length, string Sha256);

/// <summary>Where the four checked files of a data set lie on this machine.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Provider">Who had them: <c>folder</c>, <c>cache</c>, <c>system</c>, <c>download</c>, <c>debian</c> or <c>npm</c>.</param>
/// <param name="Folder">The folder that holds them.</param>
/// <param name="TrainImages">Path of the training images.</param>
/// <param name="TrainLabels">Path of the training labels.</param>
/// <param name="TestImages">Path of the test images.</param>
/// <param name="TestLabels">Path of the test labels.</param>
/// <param name="Sha256">SHA-256 over the four content hashes, in this order: one name for the data whatever their packing.</param>
public sealed record DataSetFiles(
    string Name,
    string Provider,
    string Folder,
    string TrainImages,
    string TrainLabels,
    string TestImages,
    string TestLabels,
    string Sha256);
