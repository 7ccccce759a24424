namespace OnnxAE.Inference.DataSets;

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
