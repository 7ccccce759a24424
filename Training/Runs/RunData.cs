using System.Security.Cryptography;
using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>The images of a run.</summary>
/// <param name="Name">The data set, such as <c>fashion-mnist</c>.</param>
/// <param name="TrainImages">Images trained on.</param>
/// <param name="TestImages">Images held back.</param>
/// <param name="TrainHash">SHA-256 of the training pixels.</param>
/// <param name="TestHash">SHA-256 of the test pixels.</param>
public sealed record RunData(string Name, int TrainImages, int TestImages, string TrainHash, string TestHash)
{
    /// <summary>
    /// Of the training images, those whose labels it learned from, with an encoder that had learned from all of them without
    /// labels; null for every other way to train.
    /// </summary>
    public int? LabeledImages { get; init; }

    /// <summary>Describes a pair of sets.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="train">Images trained on.</param>
    /// <param name="test">Images held back.</param>
    public static RunData Describe(string name, ImageSet train, ImageSet test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        return new RunData(name, train.Count, test.Count, Hash(train), Hash(test));
    }

    /// <summary>One name for images, whatever their labels and their file: SHA-256 of their pixels.</summary>
    internal static string Hash(ImageSet images) => Convert.ToHexStringLower(SHA256.HashData(images.Pixels.Span));
}
