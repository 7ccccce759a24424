using Microsoft.ML;

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
    /// <summary>Images of the same kind with all labels, to measure the finished classifier on; null where there are none.</summary>
    public IDataView? Test { get; init; }

    /// <summary>A class a test image, from 1.</summary>
    public uint[] TestKeys { get; init; } = [];

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
