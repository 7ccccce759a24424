using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A data set in memory: images to learn from and images to test on, all labeled.</summary>
/// <param name="Name">Name of the data set, or of the folder that it came from.</param>
/// <param name="Provider">Who had it, such as <c>system</c> or <c>folder</c>.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Sha256">One name for the data whatever its packing.</param>
/// <param name="Train">Training images and labels.</param>
/// <param name="Test">Test images and labels.</param>
internal sealed record LabeledImages(string Name, string Provider, string Folder, string Sha256, ImageSet Train, ImageSet Test)
{
    /// <summary>The catalogue's data set that these are the images of; null for a folder of the user's own, whatever its name.</summary>
    public DataSetInfo? Known { get; init; }
}
