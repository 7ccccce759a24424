using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

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
        var file = new ExportedFile(model, architectureId, options);
        file.Write(Path.Combine(folder, OnnxNames.EncoderFile), "encoder", model.Encoder, OnnxNames.Pixels, OnnxNames.Code);
        file.Write(Path.Combine(folder, OnnxNames.FeaturesFile), "features", model.Map, OnnxNames.Pixels, OnnxNames.Features);
        file.Write(Path.Combine(folder, OnnxNames.DecoderFile), "decoder", model.Decoder, OnnxNames.Code, OnnxNames.Reconstruction);
        file.Write(Path.Combine(folder, OnnxNames.AutoencoderFile), "autoencoder", model, OnnxNames.Pixels, OnnxNames.Reconstruction);
        if (model is VariationalAutoencoder variational)
        {
            WriteSampler(file, variational, Path.Combine(folder, OnnxNames.SamplerFile));
        }
    }

    /// <summary>Writes the encoder of a network, autoencoder or classifier, from pixels to codes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="architectureId">Its id in the catalogue, for the metadata.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">As for <see cref="Write"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void WriteEncoder(EncoderNetwork network, string architectureId, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        new ExportedFile(network, architectureId, options).Write(path, "encoder", network.Encoder, OnnxNames.Pixels, OnnxNames.Code);
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
        using Softmax softmax = Softmax(1);
        var file = new ExportedFile(classifier, architectureId, options);
        file.Write(
            path,
            "classifier",
            [new OnnxInput(OnnxNames.Pixels, [classifier.InputSize])],
            (graph, inputs) => graph.Call("softmax", softmax, graph.Call("", classifier, inputs[0])),
            OnnxNames.Probabilities,
            $"Classifier on the encoder of {architectureId}: {file.Shape(OnnxNames.Pixels, classifier.InputSize)} -> {file.Shape(OnnxNames.Probabilities, classifier.ClassCount)}. Pixels lie in [0, 1].");
    }

    // mean + exp(log-variance / 2) · eps: the draw of Kingma and Welling, 2014, its noise from outside.
    private static void WriteSampler(ExportedFile file, VariationalAutoencoder model, string path) => file.Write(
        path,
        "sampler",
        [new OnnxInput(OnnxNames.Pixels, [model.InputSize]), new OnnxInput(OnnxNames.Noise, [model.CodeSize])],
        (graph, inputs) =>
        {
            OnnxValue map = graph.Call("features", model.Map, inputs[0]);
            OnnxValue mean = graph.Call("mean", model.Mean, map);
            OnnxValue logVariance = graph.Call("log_variance", model.LogVariance, map);
            OnnxValue deviation = graph.Map("Exp", graph.Multiply(logVariance, graph.Scalar(0.5)));
            return graph.Add(mean, graph.Multiply(deviation, inputs[1]));
        },
        OnnxNames.Sample,
        $"sampler of {file.ArchitectureId}: {file.Shape(OnnxNames.Pixels, model.InputSize)} and {file.Shape(OnnxNames.Noise, model.CodeSize)} -> {file.NameOf(OnnxNames.Sample)}. Pixels lie in [0, 1], {file.NameOf(OnnxNames.Noise)} is standard normal.");

    /// <summary>Writes files of one network, with what they say of themselves.</summary>
    private sealed class ExportedFile(EncoderNetwork network, string architectureId, OnnxExportOptions? given)
    {
        private readonly OnnxExportOptions _options = given ?? new OnnxExportOptions();

        public string ArchitectureId => architectureId;

        public string NameOf(string usual) => _options.NameOf(usual);

        public string Shape(string name, int size) => $"{NameOf(name)} [{_options.BatchText}, {size}]";

        public void Write(string path, string role, Module<Tensor, Tensor> part, string input, string output)
        {
            int size = input == OnnxNames.Code ? network.CodeSize : network.InputSize;
            string description = $"{role} of {architectureId}: {Shape(input, size)} -> {NameOf(output)}. Pixels lie in [0, 1].";
            Write(path, role, [new OnnxInput(input, [size])], (graph, inputs) => graph.Call("", part, inputs[0]), output, description);
        }

        public void Write(
            string path, string role, IReadOnlyList<OnnxInput> inputs, Func<OnnxGraph, IReadOnlyList<OnnxValue>, OnnxValue> write, string output, string description) =>
            OnnxExporter.Export(inputs, write, path, _options with
            {
                OutputName = output,
                GraphName = role,
                Description = _options.DescriptionOr(description),
                Metadata = Describe(role),
            });

        // Image.NominalPixelRange is ONNX's own key; ours carry a prefix. What a file says of itself goes before what is given.
        private Dictionary<string, string> Describe(string role)
        {
            var (name, size) = network is EncoderClassifier classifier && role == "classifier"
                ? ("class_count", classifier.ClassCount)
                : ("code_size", network.CodeSize);
            return new Dictionary<string, string>(_options.Metadata)
            {
                ["Image.NominalPixelRange"] = "Normalized_0_1",
                [ArchitectureKey] = architectureId,
                ["onnxae.role"] = role,
                ["onnxae.input_size"] = network.InputSize.ToString(CultureInfo.InvariantCulture),
                [$"onnxae.{name}"] = size.ToString(CultureInfo.InvariantCulture),
                ["onnxae.version"] = OnnxExportOptions.LibraryVersion,
            };
        }
    }
}

/// <summary>The ONNX files of a run, whatever its network is.</summary>
internal static class RunGraphs
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
