using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using static OnnxAE.Inference.TensorProto.Types;

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
        {
            tensor.Check(path);
        }

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
        Dictionary<string, OnnxTensorInfo> declared = ByKey(graph.Input.Concat(graph.ValueInfo).Concat(graph.Output), value => value.Name, OnnxTensorInfo.Of);
        Dictionary<string, TensorProto> unused = graph.Initializer.GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.First());
        List<OnnxNodeInfo> nodes = [];
        foreach (NodeProto node in graph.Node)
        {
            List<TensorProto> tensors = [.. node.Attribute.Select(attribute => attribute.T).Where(tensor => tensor is not null)];
            foreach (string input in node.Input)
            {
                if (unused.Remove(input, out TensorProto? tensor))
                {
                    tensors.Add(tensor);
                }
            }

            string output = node.Output.FirstOrDefault() ?? "";
            nodes.Add(new OnnxNodeInfo(
                node.Name.Length > 0 ? node.Name : output,
                ModelQueries.IsStandard(node.Domain) ? node.OpType : $"{node.Domain}.{node.OpType}",
                declared.GetValueOrDefault(output) ?? new OnnxTensorInfo(output, "unknown", []),
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
/// <param name="Output">Its first output; type and shape as far as the file declares them.</param>
/// <param name="Parameters">Stored numbers that it uses; what several nodes use counts for the first.</param>
/// <param name="Bytes">Bytes of these.</param>
public sealed record OnnxNodeInfo(string Name, string Operator, OnnxTensorInfo Output, long Parameters, long Bytes);

/// <summary>A value of a graph, as the file declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">Such as <c>float</c>; <c>unknown</c> where the file does not say.</param>
/// <param name="Shape">Its dimensions; empty where the file does not say.</param>
public sealed record OnnxTensorInfo(string Name, string ElementType, IReadOnlyList<OnnxDimension> Shape)
{
    /// <summary>The dimensions behind the first, which counts the rows; null where one of them is not fixed.</summary>
    [JsonIgnore]
    public IReadOnlyList<int>? RowShape => Shape.Count > 0 && Shape.Skip(1).All(d => d.Size is >= 0 and <= int.MaxValue) ? [.. Shape.Skip(1).Select(d => (int)d.Size!)] : null;

    /// <summary>As in <c>float [batch, 784]</c>.</summary>
    [JsonIgnore]
    public string Description => $"{ElementType} [{string.Join(", ", Shape)}]";

    /// <summary>As in <c>pixels: float [batch, 784]</c>.</summary>
    public override string ToString() => $"{Name}: {Description}";

    internal static OnnxTensorInfo Of(ValueInfoProto value)
    {
        TypeProto.Types.Tensor? tensor = value.Type?.TensorType;
        DataType type = (DataType)(tensor?.ElemType ?? 0);
        string typeName = type != DataType.Undefined && Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : "unknown";
        return new OnnxTensorInfo(value.Name, typeName, [.. tensor?.Shape?.Dim.Select(OnnxDimension.Of) ?? []]);
    }

    /// <summary>Whether two can't be of the same value.</summary>
    internal bool Contradicts(OnnxTensorInfo other) => ElementType != other.ElementType || Shape.Count != other.Shape.Count
        || Shape.Zip(other.Shape).Any(p => p.First.Size is { } size && p.Second.Size is { } otherSize && size != otherSize);

    /// <summary>What this one calls its free dimensions, by the names that they have in another of the same shape.</summary>
    internal IEnumerable<KeyValuePair<string, string>> NamesOf(OnnxTensorInfo other)
        => Shape.Zip(other.Shape).Where(p => p.First.Name is not null && p.Second.Name is not null).Select(p => KeyValuePair.Create(p.Second.Name!, p.First.Name!));
}

/// <summary>A dimension of a value; in JSON the text that <see cref="ToString"/> gives.</summary>
/// <param name="Size">Its size; null for a free one.</param>
/// <param name="Name">What the file calls a free one; null for a size, or where it has no name.</param>
[JsonConverter(typeof(JsonText))]
public readonly record struct OnnxDimension(long? Size, string? Name)
{
    /// <summary>A size, the name of a free one, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "?";

    internal static OnnxDimension Of(TensorShapeProto.Types.Dimension dimension)
        => dimension.HasDimValue ? new(dimension.DimValue, null) : new(null, dimension is { HasDimParam: true, DimParam.Length: > 0 } ? dimension.DimParam : null);

    private sealed class JsonText : JsonConverter<OnnxDimension>
    {
        public override OnnxDimension Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.GetString() switch
            {
                null or "?" => default,
                string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long size) => new(size, null),
                string name => new(null, name),
            };

        public override void Write(Utf8JsonWriter writer, OnnxDimension value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
