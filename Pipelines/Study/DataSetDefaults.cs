using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>What an experiment takes for a data set where the command line says nothing. Fixed before any test image was read.</summary>
/// <param name="Encoder">The architecture that is trained for it.</param>
/// <param name="Layer">The layer that tells most: digits do best on the code, clothes on the map.</param>
/// <param name="Mirror">Whether features are averaged over an image and its mirror image; a mirrored digit is another sign.</param>
internal sealed record DataSetDefaults(string Encoder, FeatureLayer Layer, bool Mirror)
{
    /// <summary>Those of images that nothing is known of.</summary>
    public static DataSetDefaults Usual { get; } = new("conv-contrastive-256", FeatureLayer.Code, Mirror: false);

    /// <summary>The defaults of a data set. A folder of the user's own has the usual ones, whatever its name.</summary>
    public static DataSetDefaults For(LabeledImages data) => data.Known?.Name == DataSetCatalog.FashionMnist.Name
        ? new DataSetDefaults("conv-contrastive-512", FeatureLayer.Map, Mirror: true)
        : ForShape(data.Train.Shape);

    /// <summary>Those of images of a shape that nothing else is known of.</summary>
    public static DataSetDefaults ForShape(IReadOnlyList<int> shape) => shape is [1, 28, 28] ? Usual : Usual with { Encoder = "conv-contrastive" };

    /// <summary>Whether an encoder has yet to be averaged over mirror images: the data set's are, unless the file does so already.</summary>
    /// <param name="path">Its ONNX file.</param>
    public bool HasToMirror(string path) => Mirror && !OnnxModelInfo.Read(path).Metadata.ContainsKey(OnnxEncoders.MirrorKey);
}
