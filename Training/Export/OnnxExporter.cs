using Google.Protobuf;
using OnnxAE.Inference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Writes TorchSharp modules as ONNX files: opset 17 unless another is asked for, weights inside the file, a free batch
/// dimension. Equal modules and options give equal bytes. A module that isn't known is refused, never guessed.
/// </summary>
public static class OnnxExporter
{
    /// <summary>Writes a module to a file: first under a temporary name, so that there is never half a file.</summary>
    /// <param name="module">The module; its evaluation-mode behaviour is written.</param>
    /// <param name="inputShape">Dimensions behind the batch dimension: [784] for a module that takes [N, 784].</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">Names, descriptions and the operator set; null for the defaults.</param>
    /// <exception cref="OnnxExportException">A module of the network can't be written, or the file would be larger than ONNX allows; no file is left.</exception>
    /// <exception cref="ArgumentException">The shape or an option makes no sense.</exception>
    public static void Export(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelProto model = Build(module, inputShape, options);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Writes a module to a stream, which stays untouched where the module can't be written.</summary>
    /// <param name="module">The module; its evaluation-mode behaviour is written.</param>
    /// <param name="inputShape">Dimensions behind the batch dimension.</param>
    /// <param name="stream">Where the bytes go; left open.</param>
    /// <param name="options">Names, descriptions and the operator set; null for the defaults.</param>
    /// <inheritdoc cref="Export(Module{Tensor, Tensor}, ReadOnlySpan{long}, string, OnnxExportOptions?)"/>
    public static void Export(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Build(module, inputShape, options).WriteTo(stream);
    }

    /// <summary>A module as the bytes of an ONNX file.</summary>
    /// <inheritdoc cref="Export(Module{Tensor, Tensor}, ReadOnlySpan{long}, string, OnnxExportOptions?)"/>
    public static byte[] ToBytes(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, OnnxExportOptions? options = null) =>
        Build(module, inputShape, options).ToByteArray();

    /// <summary>Writes a graph of several inputs, or of modules that no module joins.</summary>
    /// <param name="inputs">What the graph takes; all share the batch dimension.</param>
    /// <param name="write">Writes the graph behind the inputs, with <see cref="OnnxGraph.Call"/> for modules; returns its output.</param>
    /// <param name="path">The file; replaced if there.</param>
    /// <param name="options">The output's name, descriptions and the operator set; null for the defaults.</param>
    /// <exception cref="OnnxExportException">A module can't be written, or the file would be larger than ONNX allows; no file is left.</exception>
    /// <exception cref="ArgumentException">A shape or an option makes no sense.</exception>
    public static void Export(
        IReadOnlyList<OnnxInput> inputs, Func<OnnxGraph, IReadOnlyList<OnnxValue>, OnnxValue> write, string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(path, Build(inputs, write, options ?? new OnnxExportOptions()).WriteTo);
    }

    /// <summary>A graph of one input and several outputs as the bytes of an ONNX file.</summary>
    /// <param name="input">What the graph takes.</param>
    /// <param name="write">Writes the graph behind the input; returns its outputs by their names.</param>
    /// <param name="options">Descriptions and the operator set.</param>
    internal static byte[] ToBytes(OnnxInput input, Func<OnnxGraph, OnnxValue, IReadOnlyList<(string Name, OnnxValue Value)>> write, OnnxExportOptions options)
    {
        var value = new OnnxValue(input.Name, FullShape(input, options), input.ElementType);
        var graph = new OnnxGraph(options, [input.Name, .. OnnxNames.Values]);
        IReadOnlyList<(string Name, OnnxValue Value)> outputs = write(graph, value);
        GraphProto finished = graph.Finish([value], [.. outputs.Select(output => output.Value)], [.. outputs.Select(output => output.Name)]);
        return Assemble(finished, OnnxVersions.IrVersion(options.Opset), options).ToByteArray();
    }

    private static ModelProto Build(Module<Tensor, Tensor> module, ReadOnlySpan<long> inputShape, OnnxExportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(module);
        options ??= new OnnxExportOptions();
        return Build([new OnnxInput(options.InputName, inputShape.ToArray(), options.InputType)], (graph, inputs) => graph.Call("", module, inputs[0]), options);
    }

    private static ModelProto Build(IReadOnlyList<OnnxInput> inputs, Func<OnnxGraph, IReadOnlyList<OnnxValue>, OnnxValue> write, OnnxExportOptions options)
    {
        inputs = [.. inputs.Select(input => input with { Name = options.NameOf(input.Name) })];
        string outputName = options.NameOf(options.OutputName);
        string[] names = [.. inputs.Select(input => input.Name), outputName];
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() != names.Length)
        {
            throw new ArgumentException($"The inputs and the output are named '{string.Join("', '", names)}'; expected names that are not empty and differ from each other.");
        }

        int rank = inputs.Max(input => input.Shape.Count) + 1;
        if (options.DynamicAxes.Keys.Any(axis => axis < 0 || axis >= rank))
        {
            throw new ArgumentException($"The free axes are {string.Join(", ", options.DynamicAxes.Keys)}; expected some of 0 to {rank - 1}, of which 0 is the batch.");
        }

        int irVersion = OnnxVersions.IrVersion(options.Opset);
        OnnxValue[] values = [.. inputs.Select(input => new OnnxValue(input.Name, FullShape(input, options), input.ElementType))];
        var graph = new OnnxGraph(options, names);
        OnnxValue output = write(graph, values);
        return Assemble(graph.Finish(values, [output], [outputName]), irVersion, options);
    }

    private static ModelProto Assemble(GraphProto graph, int irVersion, OnnxExportOptions options)
    {
        if (options.FoldBatchNorm)
        {
            BatchNormFolding.Apply(graph);
        }

        if (options.FoldConstants)
        {
            ConstantFolding.Apply(graph, options.Opset);
        }

        var model = new ModelProto
        {
            IrVersion = irVersion,
            ProducerName = "OnnxAE",
            ProducerVersion = options.ProducerVersion,
            ModelVersion = 1,
            DocString = options.Description,
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = options.Opset });
        model.MetadataProps.Add(options.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new StringStringEntryProto { Key = p.Key, Value = p.Value }));
        return model;
    }

    private static long[] FullShape(OnnxInput input, OnnxExportOptions options)
    {
        long[] shape = [options.BatchSize, .. input.Shape];
        if (shape.Any(size => size <= 0))
        {
            throw new ArgumentException($"The input '{input.Name}' has the shape [{string.Join(", ", shape)}], expected sizes above 0.");
        }

        foreach (int axis in options.DynamicAxes.Keys.Where(axis => axis < shape.Length))
        {
            shape[axis] = OnnxValue.Free;
        }

        return shape;
    }
}

/// <summary>A module can't be written as ONNX; the message names it, its place in the network, and what to do.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>An exception without details.</summary>
    public OnnxExportException()
        : this("The module can't be exported to ONNX.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    public OnnxExportException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What was found, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OnnxExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
