namespace OnnxAE.Inference;

/// <summary>Which layers of a graph are quantized, and which values go through bytes for that.</summary>
internal sealed class QuantizationPlan
{
    // Operators that give numbers of their input as they are: bytes go through them, if both sides have one scale.
    private static readonly string[] Arrangements = ["Flatten", "MaxPool", "Reshape", "Transpose"];

    // Scales, zero points and the bias of a channel take 17 bytes: with fewer weights a layer of integers is the larger one.
    private const int FewestWeights = 5;

    private QuantizationPlan(IReadOnlyList<QuantizableLayer> layers, IReadOnlyList<string> skipped, IReadOnlyDictionary<string, string> values)
        => (Layers, Skipped, Values) = (layers, skipped, values);

    /// <summary>The layers.</summary>
    public IReadOnlyList<QuantizableLayer> Layers { get; }

    /// <summary>Names of those that stay as they are.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>The values that go through bytes, each with the value that has its range.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>Makes the plan.</summary>
    public static QuantizationPlan Of(GraphProto graph)
    {
        Dictionary<string, TensorProto> stored = graph.Initializer.ToDictionary(t => t.Name);
        List<QuantizableLayer> layers = [];
        List<string> skipped = [];
        foreach (NodeProto node in graph.Node.Where(QuantizableLayer.IsCandidate))
        {
            if (QuantizableLayer.Of(node, stored) is { } layer)
            {
                layers.Add(layer);
            }
            else
            {
                skipped.Add(NameOf(node));
            }
        }

        if (layers.Exists(layer => layer.WeightsPerChannel >= FewestWeights))
        {
            skipped.AddRange(layers.Where(layer => layer.WeightsPerChannel < FewestWeights).Select(layer => NameOf(layer.Node)));
            layers.RemoveAll(layer => layer.WeightsPerChannel < FewestWeights);
        }

        ILookup<string, NodeProto> users = graph.Node.SelectMany(n => n.Input.Distinct().Select(i => (Input: i, Node: n))).ToLookup(p => p.Input, p => p.Node);
        HashSet<string> values = [.. layers.Select(l => l.Node.Input[0]), .. layers.Where(l => l.NeedsQuantizedOutput).Select(l => Result(l, graph, users))];
        Dictionary<string, NodeProto> makers = graph.Node.Where(n => n.Output is [{ Length: > 0 }, ..]).ToDictionary(n => n.Output[0]);
        return new(layers, skipped, values.ToDictionary(v => v, v => Origin(v, makers, values)));
    }

    private static string NameOf(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output[0];

    // ONNX Runtime takes a ReLU between a convolution and its bytes into the convolution: 0 is then the smallest byte.
    private static string Result(QuantizableLayer layer, GraphProto graph, ILookup<string, NodeProto> users)
    {
        string output = layer.Node.Output[0];
        bool isHidden = graph.Output.All(o => o.Name != output);
        return isHidden && users[output].ToArray() is [{ OpType: "Relu", Output: [{ Length: > 0 }, ..] } relu] ? relu.Output[0] : output;
    }

    private static string Origin(string value, Dictionary<string, NodeProto> makers, HashSet<string> values)
    {
        string origin = value;
        while (makers.TryGetValue(origin, out NodeProto? maker) && Arrangements.Contains(maker.OpType) && values.Contains(maker.Input[0]))
        {
            origin = maker.Input[0];
        }

        return origin;
    }
}

/// <summary>A node whose products ONNX Runtime can compute with integers: QGemm, QLinearMatMul or MatMulIntegerToFloat, QLinearConv.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">Its stored weights.</param>
/// <param name="Bias">Its stored bias; null without one.</param>
/// <param name="Axis">The axis of the weights that counts output channels.</param>
internal sealed record QuantizableLayer(NodeProto Node, TensorProto Weight, TensorProto? Bias, int Axis)
{
    private static readonly string[] Operators = ["Conv", "Gemm", "MatMul"];

    /// <summary>Output channels.</summary>
    public int Channels => checked((int)Weight.Dims[Axis]);

    /// <summary>Weights that make one output channel.</summary>
    public long WeightsPerChannel => Weight.Dims.Aggregate(1L, (a, b) => a * b) / Channels;

    /// <summary>Weights of a channel that lie one behind the other.</summary>
    public int Behind => checked((int)Weight.Dims.Skip(Axis + 1).Aggregate(1L, (a, b) => a * b));

    /// <summary>Whether ONNX Runtime takes the layer as integers only if it gives integers.</summary>
    public bool NeedsQuantizedOutput => Node.OpType == "Conv";

    /// <summary>Whether a node multiplies with a matrix at all.</summary>
    public static bool IsCandidate(NodeProto node) => Operators.Contains(node.OpType) && node.Output is [{ Length: > 0 }] && node.Input.Count >= 2;

    /// <summary>A node as a layer; null where its weights are computed, or its settings are none that have an integer form.</summary>
    public static QuantizableLayer? Of(NodeProto node, IReadOnlyDictionary<string, TensorProto> stored)
    {
        if (!stored.TryGetValue(node.Input[1], out TensorProto? weight) || stored.ContainsKey(node.Input[0]) || !IsFloat(weight) || weight.Dims.Any(d => d == 0))
        {
            return null;
        }

        TensorProto? bias = null;
        bool hasBias = node.Input.Count > 2 && node.Input[2].Length > 0;
        if (hasBias && (!stored.TryGetValue(node.Input[2], out bias) || !IsFloat(bias)))
        {
            return null;
        }

        int? axis = node.OpType switch
        {
            "Conv" when weight.Dims.Count is 3 or 4 => 0,
            "MatMul" when weight.Dims.Count == 2 => 1,
            "Gemm" when weight.Dims.Count == 2 && Int("transA") == 0 && Float("alpha") == 1 && Float("beta") == 1 => Int("transB") == 0 ? 1 : 0,
            _ => null,
        };
        QuantizableLayer? layer = axis is { } channels ? new(node, weight, bias, channels) : null;
        return layer is null || bias is null || (bias.Dims.Count == 1 && bias.Dims[0] == layer.Channels) ? layer : null;

        long Int(string name) => node.Attribute.LastOrDefault(a => a.Name == name)?.I ?? 0;
        float Float(string name) => node.Attribute.LastOrDefault(a => a.Name == name)?.F ?? 1;
    }

    private static bool IsFloat(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType == TensorProto.Types.DataType.Float;
}
