using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>
/// Writes a graph with QuantizeLinear and DequantizeLinear around its layers: a model of the standard operators that any
/// runtime can compute in floats, and that ONNX Runtime turns into operators on integers when it loads it.
/// </summary>
/// <param name="graph">The graph; changed.</param>
/// <param name="plan">What to quantize.</param>
/// <param name="ranges">The range of every value of the plan.</param>
/// <param name="options">How.</param>
/// <param name="source">What to call the file in messages.</param>
internal sealed class QdqWriter(
    GraphProto graph, QuantizationPlan plan, IReadOnlyDictionary<string, ValueRange> ranges, OnnxQuantizationOptions options, string source)
{
    private readonly NameScope _names = new(NameScope.NamesIn(graph));
    private readonly List<NodeProto> _nodes = [];

    /// <summary>Changes the graph.</summary>
    public void Write()
    {
        // By reference: nodes are equal by what they say, and change here.
        Dictionary<NodeProto, QuantizableLayer> layers = new(ReferenceEqualityComparer.Instance);
        foreach (QuantizableLayer each in plan.Layers)
        {
            layers.Add(each.Node, each);
        }

        Dictionary<string, string> rounded = []; // inputs of the graph keep their names, and what was rounded gets another
        foreach (string input in graph.Input.Select(i => i.Name).Where(plan.Values.ContainsKey).ToArray())
        {
            rounded.Add(input, RoundTrip(input, input, _names.Fresh($"{input}/rounded")));
        }

        foreach (NodeProto node in graph.Node.ToArray())
        {
            if (layers.TryGetValue(node, out QuantizableLayer? layer))
            {
                Quantize(layer);
                node.Input[0] = rounded.GetValueOrDefault(node.Input[0], node.Input[0]);
            }

            _nodes.Add(node);
            for (int i = 0; i < node.Output.Count; i++)
            {
                string output = node.Output[i];
                if (!plan.Values.ContainsKey(output))
                {
                    continue;
                }

                node.Output[i] = _names.Fresh($"{output}/exact");
                graph.DeclareLike([new(output, node.Output[i])]);
                RoundTrip(node.Output[i], output, output);
            }
        }

        graph.Node.Clear();
        graph.Node.Add(_nodes);
        HashSet<string> used = [.. graph.Node.SelectMany(n => n.Input), .. graph.Output.Select(o => o.Name)];
        foreach (TensorProto tensor in graph.Initializer.Where(t => !used.Contains(t.Name)).ToArray())
        {
            graph.Initializer.Remove(tensor);
            if (graph.Input.FirstOrDefault(i => i.Name == tensor.Name) is { } listed)
            {
                graph.Input.Remove(listed);
            }
        }
    }

    // From a value to bytes and back.
    private string RoundTrip(string from, string value, string to)
    {
        ValueRange range = ranges[value];
        string scale = Store($"{value}/scale", DataType.Float, [range.Scale]), zero = Store($"{value}/zero_point", DataType.Uint8, [range.ZeroPoint]);
        string bytes = _names.Fresh($"{value}/quantized");
        _nodes.Add(GraphAdditions.Node("QuantizeLinear", bytes, [from, scale, zero]));
        _nodes.Add(new NodeProto { OpType = "DequantizeLinear", Name = _names.Fresh($"{value}/dequantized"), Input = { bytes, scale, zero }, Output = { to } });
        graph.DeclareLike([new(value, bytes), new(value, to)]);
        foreach (ValueInfoProto declared in graph.ValueInfo.Where(v => v.Name == bytes))
        {
            declared.Type.TensorType.ElemType = (int)DataType.Uint8;
        }

        return to;
    }

    private void Quantize(QuantizableLayer layer)
    {
        float[] bias = layer.Bias?.ReadFloats(source) ?? [];
        float inputScale = ranges[layer.Node.Input[0]].Scale;
        float[] weights = layer.Weight.ReadFloats(source);
        if (weights.Concat(bias).Any(w => !float.IsFinite(w)))
        {
            throw new InvalidDataException($"The weights '{layer.Weight.Name}' of '{source}' have NaN or infinite numbers, expected finite ones.");
        }

        var quantized = QuantizedWeight.Of(weights, layer.Channels, layer.Behind, bias, inputScale, options.ReduceRange);
        string name = layer.Weight.Name;
        layer.Node.Input[1] = Dequantize(name, DataType.Int8, quantized.Values, [.. layer.Weight.Dims], quantized.Scales, layer.Axis);
        if (layer.Bias is { } tensor)
        {
            float[] scales = [.. quantized.Scales.Select(s => s * inputScale)];
            layer.Node.Input[2] = Dequantize(tensor.Name, DataType.Int32, quantized.Bias, [.. tensor.Dims], scales, 0);
        }
    }

    private string Dequantize<T>(string name, DataType type, T[] values, long[] shape, float[] scales, int axis)
        where T : unmanaged
    {
        string result = _names.Fresh($"{name}/dequantized");
        string[] inputs =
        [
            Store($"{name}/quantized", type, values, shape),
            Store($"{name}/scale", DataType.Float, scales, scales.Length),
            Store($"{name}/zero_point", type, new T[scales.Length], scales.Length),
        ];
        _nodes.Add(GraphAdditions.Node("DequantizeLinear", result, inputs, GraphAdditions.Integer("axis", axis)));
        TensorShapeProto declared = new() { Dim = { shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } };
        graph.ValueInfo.Add(new ValueInfoProto { Name = result, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = declared } } });
        return result;
    }

    private string Store<T>(string name, DataType type, T[] values, params long[] shape)
        where T : unmanaged
    {
        string fresh = _names.Fresh(name);
        TensorProto tensor = new() { Name = fresh, DataType = (int)type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values)) };
        tensor.Dims.Add(shape);
        graph.Initializer.Add(tensor);
        return fresh;
    }
}

/// <summary>Weights as integers, symmetric around 0, with a scale for every output channel.</summary>
/// <param name="Values">The integers, in the weights' own order.</param>
/// <param name="Scales">One a channel.</param>
/// <param name="Bias">The bias in steps of input scale · weight scale, as it is added to the sums of products; empty without one.</param>
internal sealed record QuantizedWeight(sbyte[] Values, float[] Scales, int[] Bias)
{
    private const int Full = 127;
    private const int Reduced = 64;
    private const double BiasRoom = 1 << 30; // of the 31 bits; the sums need the rest
    private const double Smallest = 1e-12;

    /// <summary>Rounds weights.</summary>
    /// <param name="weights">[before, channels, behind], row-major.</param>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="behind">Numbers of a channel that lie one behind the other: 1 where the channel is the last axis.</param>
    /// <param name="bias">A number a channel, or none.</param>
    /// <param name="inputScale">The scale of what is multiplied with them.</param>
    /// <param name="reduceRange">Whether to use 7 bits.</param>
    public static QuantizedWeight Of(float[] weights, int channels, int behind, float[] bias, float inputScale, bool reduceRange)
    {
        int largest = reduceRange ? Reduced : Full;
        double[] extremes = new double[channels];
        for (int start = 0; start < weights.Length; start += behind)
        {
            int channel = start / behind % channels;
            extremes[channel] = Math.Max(extremes[channel], Math.Abs(TensorPrimitives.MaxMagnitude(weights.AsSpan(start, behind))));
        }

        // A channel of next to no weights but with a bias needs a scale that the bias fits into.
        float[] scales = [.. extremes.Select((e, c) => (float)Math.Max(
            Math.Max(e / largest, Smallest), bias.Length > 0 ? Math.Abs(bias[c]) / (inputScale * BiasRoom) : 0))];
        sbyte[] values = new sbyte[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            values[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[i / behind % channels]), -largest, largest);
        }

        return new(values, scales, [.. bias.Select((b, c) => checked((int)Math.Round(b / ((double)inputScale * scales[c]))))]);
    }
}
