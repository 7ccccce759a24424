using OnnxAE.Inference.Data;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Pipelines.Reproduce;

/// <summary>Writes a network's files, whatever kind it is of, and compares them with it.</summary>
internal static class RowExport
{
    private const string ClassifierFile = "classifier.onnx";

    /// <summary>Writes weights and ONNX files into a folder and runs all test images through each.</summary>
    public static VerificationReport Write(EncoderNetwork model, string id, string folder, ImageSet test, CancellationToken cancellationToken)
    {
        model.save(Path.Combine(folder, RunFolder.WeightsFile));
        switch (model)
        {
            case Autoencoder autoencoder:
                AutoencoderExport.Write(autoencoder, id, folder);
                return OnnxVerifier.VerifyAutoencoder(autoencoder, folder, test, cancellationToken);
            case EncoderClassifier classifier:
                string path = Path.Combine(folder, ClassifierFile);
                AutoencoderExport.WriteClassifier(classifier, id, path);
                return new VerificationReport([VerifyClassifier(classifier, path, test, cancellationToken)]);
            default:
                throw new NotSupportedException($"{id} is a {model.GetType().Name}, which has no export.");
        }
    }

    // The file's outputs are probabilities, the network's logits.
    private static GraphVerification VerifyClassifier(EncoderClassifier classifier, string path, ImageSet test, CancellationToken cancellationToken)
    {
        using Softmax softmax = Softmax(1);
        Sequential probabilities = Sequential(("classifier", classifier), ("softmax", softmax)); // not disposed of: the classifier lives on
        return OnnxVerifier.Verify(probabilities, path, VerificationGate.Pixels, test, cancellationToken: cancellationToken);
    }
}
