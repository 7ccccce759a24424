namespace OnnxAE.Inference.Onnx;

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

    /// <summary>Stored numbers, all tensors together.</summary>
    public required long Parameters { get; init; }

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
        HashSet<string> stored = [.. graph.Initializer.Select(tensor => tensor.Name)];
        return new OnnxModelInfo
        {
            IrVersion = model.IrVersion,
            Opsets = ByKey(model.OpsetImport, set => set.Domain.Length > 0 ? set.Domain : "ai.onnx", set => set.Version),
            Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
            GraphName = graph.Name,
            Description = model.DocString,
            Inputs = [.. graph.Input.Where(value => !stored.Contains(value.Name)).Select(OnnxTensorInfo.Of)],
            Outputs = [.. graph.Output.Select(OnnxTensorInfo.Of)],
            Operators = graph.Node.GroupBy(node => node.OpType).ToDictionary(group => group.Key, group => group.Count()),
            Parameters = model.Tensors().Sum(tensor => tensor.Dims.Aggregate(1L, (size, dimension) => size * dimension)),
            Metadata = ByKey(model.MetadataProps, entry => entry.Key, entry => entry.Value),
        };
    }

    // The last entry of a key counts: a file may hold a key twice.
    private static Dictionary<string, TValue> ByKey<T, TValue>(IEnumerable<T> items, Func<T, string> key, Func<T, TValue> value) =>
        items.GroupBy(key).ToDictionary(group => group.Key, group => value(group.Last()));
}
