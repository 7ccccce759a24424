namespace OnnxAE.Inference.DataSets;

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
