using Google.Protobuf;
using OnnxAE.Inference.Onnx;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Writes TorchSharp modules as ONNX files: opset 17, IR version 8, weights inside the file, a free batch dimension.
/// Equal modules and options give equal bytes.
/// </summary>
public static class OnnxExporter
{
    /// <summary>The operator set that is written; opset 17 is the newest that every runtime since 1.12 reads.</summary>
    public const int OpsetVersion = 17;

    /// <summary>The version of the file format that belongs to <see cref="OpsetVersion"/>.</summary>
    public const int IrVersion = 8;

    /// <summary>Writes a module to a file: first under a temporary name, so that there is never half a file.</summary>
    /// <param name="module">The module; its evaluation-mode behaviour is written.</param>
    /// <param name="inputShape">Dimensions behind the batch dimension: [784] for a module that takes [N, 784].</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">Names and descriptions; null for the defaults.</param>
    /// <exception cref="OnnxExportException">A module of the network can't be written; no file is left.</exception>
    public static void Export(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelProto model = Build([("", module)], inputShape, options);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Writes a module to a stream.</summary>
    /// <param name="module">The module; its evaluation-mode behaviour is written.</param>
    /// <param name="inputShape">Dimensions behind the batch dimension: [784] for a module that takes [N, 784].</param>
    /// <param name="stream">Where the bytes go; left open.</param>
    /// <param name="options">Names and descriptions; null for the defaults.</param>
    /// <exception cref="OnnxExportException">A module of the network can't be written; the stream is untouched.</exception>
    public static void Export(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Build([("", module)], inputShape, options).WriteTo(stream);
    }

    /// <summary>Writes modules that are applied one after the other, each with the path that its nodes' names begin with.</summary>
    internal static void Export(IEnumerable<(string Path, Module<Tensor, Tensor> Module)> chain, ReadOnlySpan<long> inputShape, string path, OnnxExportOptions options) =>
        AtomicFile.Write(path, Build(chain, inputShape, options).WriteTo);

    private static ModelProto Build(IEnumerable<(string Path, Module<Tensor, Tensor> Module)> chain, ReadOnlySpan<long> inputShape, OnnxExportOptions? options)
    {
        options ??= new OnnxExportOptions();
        var emitters = new ModuleEmitters();
        var graph = new GraphBuilder(options.GraphName);
        var input = new GraphValue(options.InputName, inputShape.ToArray());
        GraphValue output = input;
        foreach ((string path, Module<Tensor, Tensor> module) in chain)
        {
            ArgumentNullException.ThrowIfNull(module);
            output = emitters.Emit(graph, module, path, output);
        }

        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "OnnxAE",
            ProducerVersion = options.ProducerVersion,
            ModelVersion = 1,
            DocString = options.Description,
            Graph = graph.Finish(input, output, options.OutputName),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        model.MetadataProps.Add(options.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new StringStringEntryProto { Key = p.Key, Value = p.Value }));
        return model;
    }
}
