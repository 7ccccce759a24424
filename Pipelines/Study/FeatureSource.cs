using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What makes features out of pixels.</summary>
/// <param name="Name">For people, such as <c>conv-denoise-256 code</c>.</param>
/// <param name="Dimension">Numbers of a row.</param>
/// <param name="Identity">All that decides the features beside the images: a hash, or a name and a number.</param>
/// <param name="Transform">From column <c>Pixels</c> to column <c>Features</c>, fitted on unlabeled images.</param>
internal sealed record FeatureSource(string Name, int Dimension, string Identity, Func<MLContext, IEstimator<ITransformer>> Transform)
{
    /// <summary>The encoders behind it.</summary>
    public IReadOnlyList<FrozenEncoder> Encoders { get; init; } = [];

    /// <summary>The pixels as they are.</summary>
    public static FeatureSource Pixels(int count) => new("raw pixels", count, "pixels", ml => ml.Transforms.CopyColumns("Features", "Pixels"));

    /// <summary>Principal components.</summary>
    public static FeatureSource Components(int count, int seed) => new(
        $"PCA-{count}", count, $"pca {count} seed {seed}", ml => ml.Transforms.ProjectToPrincipalComponents("Features", "Pixels", rank: count, seed: seed));

    /// <summary>An ONNX file.</summary>
    /// <exception cref="InvalidDataException">It is no encoder.</exception>
    public static FeatureSource Onnx(string name, string path)
    {
        OnnxTensorInfo output = OnnxModelInfo.Read(path).Outputs[0];
        int dimension = output.RowShape?.Aggregate(1, (product, size) => product * size) ?? 0;
        return output.Shape.Count > 1 && dimension > 0
            ? new FeatureSource(name, dimension, ModelHash.OfFile(path), ml => ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", path))
            : throw new InvalidDataException($"'{path}' is no encoder: its output is {output}, expected rows of a known number of features.");
    }
}
