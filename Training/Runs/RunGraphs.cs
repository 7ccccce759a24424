using OnnxAE.Inference;
using OnnxAE.Models;

namespace OnnxAE.Training;

/// <summary>The ONNX files of a run, whatever its network is.</summary>
public static class RunGraphs
{
    /// <summary>File name of a classifier's graph, from pixels to the probabilities of the classes.</summary>
    public const string ClassifierFile = "classifier.onnx";

    /// <summary>Writes an autoencoder's encoder, features, decoder and whole, or a classifier's encoder and whole.</summary>
    /// <param name="model">The network.</param>
    /// <param name="architectureId">Its id in the catalogue, for the metadata.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="options">How the graphs are written; names are set here, see <see cref="OnnxExportOptions.Renamed"/>; so is the description unless there is one. Null for the defaults.</param>
    /// <exception cref="NotSupportedException">The network is neither.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void Write(EncoderNetwork model, string architectureId, string folder, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        switch (model)
        {
            case Autoencoder autoencoder:
                AutoencoderExport.Write(autoencoder, architectureId, folder, options);
                break;
            case EncoderClassifier classifier:
                AutoencoderExport.WriteClassifier(classifier, architectureId, Path.Combine(folder, ClassifierFile), options);
                AutoencoderExport.WriteEncoder(classifier, architectureId, Path.Combine(folder, OnnxNames.EncoderFile), options);
                break;
            default:
                throw new NotSupportedException($"A {model.GetType().Name} has no files of its own; export its parts by OnnxExporter.");
        }
    }

    /// <summary>Compares every file with the network.</summary>
    /// <param name="model">The network; put into evaluation mode.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="images">Every image is compared.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="InvalidDataException">A file is no model that ONNX Runtime can load.</exception>
    /// <exception cref="NotSupportedException">The network has no files of its own.</exception>
    public static VerificationReport Verify(EncoderNetwork model, string folder, ImageSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(folder);
        switch (model)
        {
            case Autoencoder autoencoder:
                return OnnxVerifier.VerifyAutoencoder(autoencoder, folder, images, cancellationToken);
            case EncoderClassifier classifier:
                return new VerificationReport(
                [
                    OnnxVerifier.Verify(classifier.Encoder, Path.Combine(folder, OnnxNames.EncoderFile), images, cancellationToken),
                    OnnxVerifier.VerifyClassifier(classifier, Path.Combine(folder, ClassifierFile), images, cancellationToken),
                ]);
            default:
                throw new NotSupportedException($"A {model.GetType().Name} has no files of its own.");
        }
    }
}
