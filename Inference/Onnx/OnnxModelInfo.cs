namespace OnnxAE.Inference;

/// <summary>What an ONNX file says of itself.</summary>
public sealed record OnnxModelInfo
{
    /// <summary>Version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>Versions of the operator sets in use, by domain; <c>ai.onnx</c> is the standard one.</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    /// <summary>The program that wrote it, with its version; empty where it does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>Name of the graph.</summary>
    public required string GraphName { get; init; }

    /// <summary>A sentence on the model; empty where there is none.</summary>
    public required string Description { get; init; }

    /// <summary>What the graph takes; stored weights are not among it.</summary>
    public required IReadOnlyList<OnnxTensorInfo> Inputs { get; init; }

    /// <summary>What it gives.</summary>
    public required IReadOnlyList<OnnxTensorInfo> Outputs { get; init; }

    /// <summary>How often each operator occurs, in the order of their first occurrence.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>The nodes, in the order of computation.</summary>
    public required IReadOnlyList<OnnxNodeInfo> Nodes { get; init; }

    /// <summary>Stored numbers, all tensors together.</summary>
    public required long Parameters { get; init; }

    /// <summary>Bytes of these.</summary>
    public required long Bytes { get; init; }

    /// <summary>The file's <c>metadata_props</c>.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or something else.</exception>
    public static OnnxModelInfo Read(string path)
    {
        ModelProto model = OnnxModelReader.Read(path);
        GraphProto graph = model.Graph;
        TensorProto[] tensors = [.. model.Tensors()];
        foreach (TensorProto tensor in tensors)
            tensor.Check(path);
        return new OnnxModelInfo
        {
            IrVersion = model.IrVersion,
            Opsets = ByKey(model.OpsetImport, set => set.Domain.Length > 0 ? set.Domain : "ai.onnx", set => set.Version),
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            GraphName = graph.Name,
            Description = model.DocString,
            Inputs = [.. graph.FreeInputs().Select(OnnxTensorInfo.Of)],
            Outputs = [.. graph.Output.Select(OnnxTensorInfo.Of)],
            Operators = graph.Node.GroupBy(node => node.OpType).ToDictionary(group => group.Key, group => group.Count()),
            Nodes = NodesOf(graph, path),
            Parameters = tensors.Sum(tensor => tensor.Count(path)),
            Bytes = tensors.Sum(tensor => tensor.Bytes(path)),
            Metadata = ByKey(model.MetadataProps, entry => entry.Key, entry => entry.Value),
        };
    }

    private static List<OnnxNodeInfo> NodesOf(GraphProto graph, string path)
    {
        IReadOnlyDictionary<string, ValueShape> shapes = ShapeInference.Infer(graph, path, isLenient: true);
        Dictionary<string, TensorProto> unused = graph.Initializer.GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.First());
        List<OnnxNodeInfo> nodes = [];
        foreach (NodeProto node in graph.Node)
        {
            List<TensorProto> tensors = [.. node.Attribute.Select(attribute => attribute.T).Where(tensor => tensor is not null)];
            foreach (string input in node.Input)
            {
                if (unused.Remove(input, out TensorProto? tensor))
                    tensors.Add(tensor);
            }

            string output = node.Output.FirstOrDefault() ?? "";
            nodes.Add(new OnnxNodeInfo(
                node.Name.Length > 0 ? node.Name : output,
                OnnxDomains.IsStandard(node.Domain) ? node.OpType : $"{node.Domain}.{node.OpType}",
                shapes.TryGetValue(output, out ValueShape? shape) ? OnnxTensorInfo.Of(shape.ToProto(output)) : new OnnxTensorInfo(output, "unknown", []),
                tensors.Sum(tensor => tensor.Count(path)),
                tensors.Sum(tensor => tensor.Bytes(path))));
        }

        return nodes;
    }

    // The last entry of a key counts: a file may hold a key twice.
    private static Dictionary<string, TValue> ByKey<T, TValue>(IEnumerable<T> items, Func<T, string> key, Func<T, TValue> value) =>
        items.GroupBy(key).ToDictionary(group => group.Key, group => value(group.Last()));
}

/// <summary>A node of a graph.</summary>
/// <param name="Name">Its name; that of its first output where it has none.</param>
/// <param name="Operator">Such as <c>Gemm</c>; with its set before it where that is not the standard one.</param>
/// <param name="Output">Its first output; type and shape as far as they can be computed from the graph's inputs.</param>
/// <param name="Parameters">Stored numbers that it uses; what several nodes use counts for the first.</param>
/// <param name="Bytes">Bytes of these.</param>
public sealed record OnnxNodeInfo(string Name, string Operator, OnnxTensorInfo Output, long Parameters, long Bytes);

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">Such as <c>float</c>; <c>unknown</c> where the file does not say.</param>
/// <param name="Shape">One entry a dimension: a size, the name of a free one, or <c>?</c>.</param>
public sealed record OnnxTensorInfo(string Name, string ElementType, IReadOnlyList<string> Shape)
{
    /// <summary>As in <c>pixels: float [batch, 784]</c>.</summary>
    public override string ToString() => $"{Name}: {ElementType} [{string.Join(", ", Shape)}]";

    internal static OnnxTensorInfo Of(ValueInfoProto value)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        int code = tensor?.ElemType ?? 0;
        string type = code > 0 && Enum.IsDefined((TensorProto.Types.DataType)code)
            ? ((TensorProto.Types.DataType)code).ToString().ToLowerInvariant()
            : "unknown";
        IEnumerable<TensorShapeProto.Types.Dimension> dimensions = tensor?.Shape?.Dim ?? [];
        return new OnnxTensorInfo(value.Name, type, [.. dimensions.Select(SizeOf)]);
    }

    private static string SizeOf(TensorShapeProto.Types.Dimension dimension) =>
        dimension.HasDimValue ? $"{dimension.DimValue}" : dimension.HasDimParam ? dimension.DimParam : "?";
}
