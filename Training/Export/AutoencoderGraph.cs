using System.Globalization;
using OnnxAE.Inference;
using OnnxAE.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>An autoencoder as one ONNX graph of several outputs, which share what they have in common.</summary>
internal static class AutoencoderGraph
{
    private const string Error = "error";

    /// <summary>The range of the pixels that a network is trained on.</summary>
    public static PixelRange Pixels => PixelRange.Of("Normalized_0_1")!.Value;

    /// <summary>Writes it.</summary>
    /// <param name="network">The network, in evaluation mode.</param>
    /// <param name="scale">How rows become what the network was trained on; null for nothing.</param>
    /// <param name="outputs">What to give, in this order.</param>
    public static byte[] ToBytes(Autoencoder network, InputScale? scale, IReadOnlyList<AutoencoderOutput> outputs)
    {
        network.eval();
        Dictionary<string, string> metadata = new()
        {
            ["onnxae.role"] = "autoencoder",
            ["onnxae.code_size"] = network.CodeSize.ToString(CultureInfo.InvariantCulture),
            [RowShapes.MetadataKey] = RowShapes.Write(network.InputShape),
            ["onnxae.version"] = OnnxExportOptions.LibraryVersion,
        };
        if (network.InputShape.Count == 3 && scale is null)
        {
            metadata[PixelRange.Key] = Pixels.Name;
        }

        return OnnxExporter.ToBytes(
            new OnnxInput(OnnxNames.Pixels, [network.InputSize]),
            (graph, input) => Write(graph, input, network, scale, outputs),
            new OnnxExportOptions { GraphName = "autoencoder", Description = "Autoencoder, trained inside ML.NET.", Metadata = metadata });
    }

    private static List<(string Name, OnnxValue Value)> Write(
        OnnxGraph graph, OnnxValue input, Autoencoder network, InputScale? scale, IReadOnlyList<AutoencoderOutput> outputs)
    {
        OnnxValue rows = input;
        OnnxValue? offset = null;
        if (scale is not null)
        {
            offset = graph.Constant("offset", scale.Offset, scale.Offset.Length);
            rows = graph.Multiply(graph.Subtract(input, offset), graph.Constant("factors", scale.Factors, scale.Factors.Length));
        }

        (OnnxValue map, OnnxValue code) = Encode(graph, rows, network);
        bool decodes = outputs.Any(output => output is AutoencoderOutput.Reconstruction or AutoencoderOutput.Error);
        OnnxValue? rebuilt = decodes ? graph.Call("decoder", network.Decoder, code) : null;
        return [.. outputs.Select(output => output switch
        {
            AutoencoderOutput.Code => (OnnxNames.Code, code),
            AutoencoderOutput.Map => (OnnxNames.Features, map),
            AutoencoderOutput.Error => (Error, MeanSquare(graph, graph.Subtract(rebuilt!, rows))),
            _ => (OnnxNames.Reconstruction, scale is null ? rebuilt!
                : graph.Add(graph.Multiply(rebuilt!, graph.Constant("units", scale.Unit, scale.Unit.Length)), offset!)),
        })];
    }

    // The code is made of the map where the encoder's first part is the map; a network of another kind computes it by itself.
    private static (OnnxValue Map, OnnxValue Code) Encode(OnnxGraph graph, OnnxValue rows, Autoencoder network)
    {
        if (ReferenceEquals(network.Encoder, network.Map))
        {
            OnnxValue both = graph.Call("encoder", network.Encoder, rows);
            return (both, both);
        }

        OnnxValue map = graph.Call("encoder.features", network.Map, rows);
        if (network.Encoder is not Sequential parts || !ReferenceEquals(parts[0], network.Map))
        {
            return (map, graph.Call("encoder", network.Encoder, rows));
        }

        OnnxValue code = map;
        foreach ((string name, Module part) in parts.named_children().Skip(1))
        {
            code = graph.Call($"encoder.{name}", (Module<Tensor, Tensor>)part, code);
        }

        return (map, code);
    }

    private static OnnxValue MeanSquare(OnnxGraph graph, OnnxValue difference) => graph.ReduceMean(graph.Multiply(difference, difference), 1);
}
