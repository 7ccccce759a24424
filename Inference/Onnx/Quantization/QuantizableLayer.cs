namespace OnnxAE.Inference;

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
            return null;
        TensorProto? bias = null;
        bool hasBias = node.Input.Count > 2 && node.Input[2].Length > 0;
        if (hasBias && (!stored.TryGetValue(node.Input[2], out bias) || !IsFloat(bias)))
            return null;
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
