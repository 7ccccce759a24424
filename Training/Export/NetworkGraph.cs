using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>One ONNX file of a network: what it takes and gives, how it is written, and what it should compute.</summary>
/// <param name="Network">The whole network.</param>
/// <param name="File">The file's name in a run folder.</param>
/// <param name="Role">What it is to the network, as its metadata say.</param>
/// <param name="Part">The module that it is made of.</param>
/// <param name="Inputs">Names of its inputs.</param>
/// <param name="Output">Name of its output.</param>
internal sealed record NetworkGraph(EncoderNetwork Network, string File, string Role, Module<Tensor, Tensor> Part, IReadOnlyList<string> Inputs, string Output)
{
    /// <summary>Writes it behind its inputs.</summary>
    public Func<OnnxGraph, IReadOnlyList<OnnxValue>, OnnxValue> Write { get; init; } = (graph, inputs) => graph.Call("", Part, inputs[0]);

    /// <summary>What it should compute.</summary>
    public Func<IReadOnlyList<Tensor>, Tensor> Compute { get; init; } = inputs => Part.call(inputs[0]);

    /// <summary>The modules by their paths in the file; null where they are those in the part.</summary>
    public IReadOnlyList<(string Path, Module Module)>? Modules { get; init; }

    /// <summary>
    /// The files of a network: an autoencoder's encoder, map, decoder and whole, and a variational one's sampler; a classifier's
    /// encoder and whole.
    /// </summary>
    /// <exception cref="NotSupportedException">The network is neither.</exception>
    public static IReadOnlyList<NetworkGraph> Of(EncoderNetwork network)
    {
        switch (network)
        {
            case Autoencoder model:
                NetworkGraph[] parts =
                [
                    Encoder(model),
                    new(model, OnnxNames.FeaturesFile, "features", model.Map, [OnnxNames.Pixels], OnnxNames.Features),
                    new(model, OnnxNames.DecoderFile, "decoder", model.Decoder, [OnnxNames.Code], OnnxNames.Reconstruction),
                    new(model, OnnxNames.AutoencoderFile, "autoencoder", model, [OnnxNames.Pixels], OnnxNames.Reconstruction),
                ];
                return model is VariationalAutoencoder variational ? [.. parts, Sampler(variational)] : parts;
            case EncoderClassifier classifier:
                return [Encoder(classifier), Classifier(classifier)];
            default:
                throw new NotSupportedException($"A {network.GetType().Name} has no files of its own; export its parts by OnnxExporter.");
        }
    }

    /// <summary>Pixels to codes.</summary>
    public static NetworkGraph Encoder(EncoderNetwork network) =>
        new(network, OnnxNames.EncoderFile, "encoder", network.Encoder, [OnnxNames.Pixels], OnnxNames.Code);

    /// <summary>Pixels to the probabilities of the classes: the network computes logits, the file applies the softmax.</summary>
    public static NetworkGraph Classifier(EncoderClassifier network) =>
        new(network, RunGraphs.ClassifierFile, "classifier", network, [OnnxNames.Pixels], OnnxNames.Probabilities)
        {
            Write = (graph, inputs) =>
            {
                using Softmax softmax = Softmax(1);
                return graph.Call("softmax", softmax, graph.Call("", network, inputs[0]));
            },
            Compute = inputs => functional.softmax(network.call(inputs[0]), 1),
        };

    /// <summary>Writes the file.</summary>
    /// <param name="architectureId">The network's id in the catalogue, for the metadata.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">How the graph is written; names are set here, and so is the description unless there is one. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for an operator set that can't be written.</exception>
    public void Export(string architectureId, string path, OnnxExportOptions? options)
    {
        options ??= new OnnxExportOptions();
        OnnxExporter.Export([.. Inputs.Select(name => new OnnxInput(name, [SizeOf(name)]))], Write, path, options with
        {
            OutputName = Output,
            GraphName = Role,
            Description = options.DescriptionOr(Describe(architectureId, options)),
            Metadata = Metadata(architectureId, options),
        });
    }

    /// <summary>Compares the file with the network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">Every image is compared; a decoder is given their codes.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public GraphVerification Verify(string path, RowSet images, CancellationToken cancellationToken)
    {
        using var noise = new Generator(1); // the draws are the same in every run
        return OnnxVerifier.Verify(new VerifiedNetwork(Part, Compute, Modules), path, images.Count, Load, cancellationToken, Inputs.Count);

        IReadOnlyList<Tensor> Load(int start, int count)
        {
            Tensor pixels = RowTensor.Load(images, start, count);
            return [.. Inputs.Select(name => name switch
            {
                OnnxNames.Code => Network.Encoder.call(pixels),
                OnnxNames.Noise => randn(count, Network.CodeSize, generator: noise),
                _ => pixels,
            })];
        }
    }

    // Pixels and noise to a drawn code: mean + exp(log-variance / 2) · eps, the draw of Kingma and Welling, 2014, its noise from outside.
    private static NetworkGraph Sampler(VariationalAutoencoder model) =>
        new(model, OnnxNames.SamplerFile, "sampler", model, [OnnxNames.Pixels, OnnxNames.Noise], OnnxNames.Sample)
        {
            Write = (graph, inputs) =>
            {
                OnnxValue map = graph.Call("features", model.Map, inputs[0]);
                OnnxValue mean = graph.Call("mean", model.Mean, map);
                OnnxValue logVariance = graph.Call("log_variance", model.LogVariance, map);
                OnnxValue deviation = graph.Map("Exp", graph.Multiply(logVariance, graph.Scalar(0.5)));
                return graph.Add(mean, graph.Multiply(deviation, inputs[1]));
            },
            Compute = inputs =>
            {
                Tensor map = model.Map.call(inputs[0]);
                return model.Mean.call(map) + ((model.LogVariance.call(map) * 0.5f).exp() * inputs[1]);
            },
            Modules = [.. Named("features", model.Map), .. Named("mean", model.Mean), .. Named("log_variance", model.LogVariance)],
        };

    // The sampler's file has the network's parts under other paths than the network.
    private static IEnumerable<(string Path, Module Module)> Named(string path, Module part) =>
        part.named_modules().Select(entry => ($"{path}.{entry.name}", entry.module)).Prepend((path, part));

    private int ClassCount => ((EncoderClassifier)Network).ClassCount;

    private int SizeOf(string input) => input == OnnxNames.Pixels ? Network.InputSize : Network.CodeSize;

    private string Describe(string architectureId, OnnxExportOptions options)
    {
        string inputs = string.Join(" and ", Inputs.Select(name => Shape(name, SizeOf(name)))), output = options.NameOf(Output);
        string pixels = Network.InputShape.Count == 3 ? " Pixels lie in [0, 1]." : "";
        return Role switch
        {
            "classifier" => $"Classifier on the encoder of {architectureId}: {inputs} -> {Shape(Output, ClassCount)}.{pixels}",
            "sampler" => $"sampler of {architectureId}: {inputs} -> {output}.{pixels} {options.NameOf(OnnxNames.Noise)} is standard normal.",
            _ => $"{Role} of {architectureId}: {inputs} -> {output}.{pixels}",
        };

        string Shape(string name, int size) => $"{options.NameOf(name)} [{options.BatchText}, {size}]";
    }

    // Image.NominalPixelRange is ONNX's own key; ours carry a prefix. What a file says of itself goes before what is given.
    private Dictionary<string, string> Metadata(string architectureId, OnnxExportOptions options)
    {
        var (name, size) = Role == "classifier" ? ("class_count", ClassCount) : ("code_size", Network.CodeSize);
        Dictionary<string, string> metadata = new(options.Metadata)
        {
            [AutoencoderExport.ArchitectureKey] = architectureId,
            ["onnxae.role"] = Role,
            ["onnxae.input_size"] = Network.InputSize.ToString(CultureInfo.InvariantCulture),
            [RowShapes.MetadataKey] = RowShapes.Write(Network.InputShape),
            [$"onnxae.{name}"] = size.ToString(CultureInfo.InvariantCulture),
            ["onnxae.version"] = OnnxExportOptions.LibraryVersion,
        };
        if (Network.InputShape.Count == 3)
        {
            metadata["Image.NominalPixelRange"] = "Normalized_0_1";
        }

        return metadata;
    }
}
