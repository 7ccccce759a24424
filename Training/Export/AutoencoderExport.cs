using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>The files of an autoencoder and of a classifier, with the metadata that says what they hold.</summary>
public static class AutoencoderExport
{
    /// <summary>The metadata entry with the architecture's id.</summary>
    internal const string ArchitectureKey = "onnxae.architecture";

    /// <summary>
    /// Writes <c>encoder.onnx</c>, <c>features.onnx</c>, <c>decoder.onnx</c> and <c>autoencoder.onnx</c> into a folder. A
    /// variational network's encoder gives means; its <c>sampler.onnx</c> draws codes from noise that is an input.
    /// </summary>
    /// <param name="model">The network.</param>
    /// <param name="architectureId">Its id in the catalogue, for the metadata.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="options">How the graphs are written; names are set here, see <see cref="OnnxExportOptions.Renamed"/>; so is the description unless there is one. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void Write(Autoencoder model, string architectureId, string folder, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        RunGraphs.Write(model, architectureId, folder, options);
    }

    /// <summary>Writes a classifier as one file, its output the probabilities of the classes.</summary>
    /// <param name="classifier">Encoder and output layer; it computes logits, the file applies the softmax.</param>
    /// <param name="architectureId">The encoder's id in the catalogue, for the metadata.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">As for <see cref="Write"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void WriteClassifier(EncoderClassifier classifier, string architectureId, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        NetworkGraph.Classifier(classifier).Export(architectureId, path, options);
    }
}

/// <summary>The ONNX files of a run, whatever its network is.</summary>
internal static class RunGraphs
{
    /// <summary>File name of a classifier's graph, from pixels to the probabilities of the classes.</summary>
    public const string ClassifierFile = "classifier.onnx";

    /// <summary>Writes every file of the network into an existing folder.</summary>
    public static void Write(EncoderNetwork model, string architectureId, string folder, OnnxExportOptions? options = null)
    {
        foreach (NetworkGraph graph in NetworkGraph.Of(model))
        {
            graph.Export(architectureId, Path.Combine(folder, graph.File), options);
        }
    }

    /// <summary>Compares every file with the network.</summary>
    public static VerificationReport Verify(EncoderNetwork model, string folder, RowSet images, CancellationToken cancellationToken = default)
    {
        model.eval(); // a decoder is compared on codes of the encoder
        return new VerificationReport([.. NetworkGraph.Of(model).Select(graph => graph.Verify(Path.Combine(folder, graph.File), images, cancellationToken))]);
    }
}
