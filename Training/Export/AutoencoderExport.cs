using System.Globalization;
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
        options ??= new OnnxExportOptions();
        WriteEncoder(model, architectureId, Path.Combine(folder, OnnxNames.EncoderFile), options);
        WritePart(model.Features, model.InputSize, "features", OnnxNames.Pixels, OnnxNames.Features, OnnxNames.FeaturesFile);
        WritePart(model.Decoder, model.CodeSize, "decoder", OnnxNames.Code, OnnxNames.Reconstruction, OnnxNames.DecoderFile);
        WritePart(model, model.InputSize, "autoencoder", OnnxNames.Pixels, OnnxNames.Reconstruction, OnnxNames.AutoencoderFile);
        if (model is VariationalAutoencoder variational)
        {
            WriteSampler(variational, architectureId, Path.Combine(folder, OnnxNames.SamplerFile), options);
        }

        void WritePart(Module<Tensor, Tensor> part, int inputSize, string role, string input, string output, string file) =>
            AutoencoderExport.WritePart(model, part, inputSize, role, input, output, architectureId, Path.Combine(folder, file), options);
    }

    /// <summary>Writes the encoder of a network, autoencoder or classifier, from pixels to codes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="architectureId">Its id in the catalogue, for the metadata.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">How the graph is written; names are set here, see <see cref="OnnxExportOptions.Renamed"/>; so is the description unless there is one. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void WriteEncoder(EncoderNetwork network, string architectureId, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        WritePart(
            network, network.Encoder, network.InputSize, "encoder", OnnxNames.Pixels, OnnxNames.Code, architectureId, path, options ?? new OnnxExportOptions());
    }

    /// <summary>Writes a classifier as one file, its output the probabilities of the classes.</summary>
    /// <param name="classifier">Encoder and output layer; it computes logits, the file applies the softmax.</param>
    /// <param name="architectureId">The encoder's id in the catalogue, for the metadata.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">How the graph is written; names are set here, see <see cref="OnnxExportOptions.Renamed"/>; so is the description unless there is one. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public static void WriteClassifier(EncoderClassifier classifier, string architectureId, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        options ??= new OnnxExportOptions();
        using Softmax softmax = Softmax(1);
        OnnxExporter.Export(
            [new OnnxInput(OnnxNames.Pixels, [classifier.InputSize])],
            (graph, inputs) => graph.Call("softmax", softmax, graph.Call("", classifier, inputs[0])),
            path,
            options with
            {
                OutputName = OnnxNames.Probabilities,
                GraphName = "classifier",
                Description = options.DescriptionOr(
                    $"Classifier on the encoder of {architectureId}: {options.NameOf(OnnxNames.Pixels)} [{options.BatchText}, {classifier.InputSize}] -> {options.NameOf(OnnxNames.Probabilities)} [{options.BatchText}, {classifier.ClassCount}]. Pixels lie in [0, 1]."),
                Metadata = Describe(options, architectureId, "classifier", classifier.InputSize, ("class_count", classifier.ClassCount)),
            });
    }

    private static void WritePart(
        EncoderNetwork whole, Module<Tensor, Tensor> part, int inputSize, string role, string input, string output, string architectureId, string path, OnnxExportOptions options) =>
        OnnxExporter.Export(part, [inputSize], path, options with
        {
            InputName = input,
            OutputName = output,
            GraphName = role,
            Description = options.DescriptionOr($"{role} of {architectureId}: {options.NameOf(input)} [{options.BatchText}, {inputSize}] -> {options.NameOf(output)}. Pixels lie in [0, 1]."),
            Metadata = Describe(options, architectureId, role, whole.InputSize, ("code_size", whole.CodeSize)),
        });

    // mean + exp(log-variance / 2) · eps: the draw of Kingma and Welling, 2014, its noise from outside.
    private static void WriteSampler(VariationalAutoencoder model, string architectureId, string path, OnnxExportOptions options) => OnnxExporter.Export(
        [new OnnxInput(OnnxNames.Pixels, [model.InputSize]), new OnnxInput(OnnxNames.Noise, [model.CodeSize])],
        (graph, inputs) =>
        {
            OnnxValue features = graph.Call("features", model.Features, inputs[0]);
            OnnxValue mean = graph.Call("mean", model.Mean, features);
            OnnxValue logVariance = graph.Call("log_variance", model.LogVariance, features);
            OnnxValue deviation = graph.Map("Exp", graph.Multiply(logVariance, graph.Scalar(0.5)));
            return graph.Add(mean, graph.Multiply(deviation, inputs[1]));
        },
        path,
        options with
        {
            OutputName = OnnxNames.Sample,
            GraphName = "sampler",
            Description = options.DescriptionOr(
                $"sampler of {architectureId}: {options.NameOf(OnnxNames.Pixels)} [{options.BatchText}, {model.InputSize}] and {options.NameOf(OnnxNames.Noise)} [{options.BatchText}, {model.CodeSize}] -> {options.NameOf(OnnxNames.Sample)}. Pixels lie in [0, 1], {options.NameOf(OnnxNames.Noise)} is standard normal."),
            Metadata = Describe(options, architectureId, "sampler", model.InputSize, ("code_size", model.CodeSize)),
        });

    // Image.NominalPixelRange is ONNX's own key; ours carry a prefix. What a file says of itself goes before what is given.
    private static Dictionary<string, string> Describe(
        OnnxExportOptions options, string architectureId, string role, int inputSize, (string Name, int Value) size) => new(options.Metadata)
        {
            ["Image.NominalPixelRange"] = "Normalized_0_1",
            [ArchitectureKey] = architectureId,
            ["onnxae.role"] = role,
            ["onnxae.input_size"] = inputSize.ToString(CultureInfo.InvariantCulture),
            [$"onnxae.{size.Name}"] = size.Value.ToString(CultureInfo.InvariantCulture),
            ["onnxae.version"] = OnnxExportOptions.LibraryVersion,
        };
}
