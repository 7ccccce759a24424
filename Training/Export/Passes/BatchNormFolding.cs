using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>
/// Batch normalization in evaluation mode is a factor and a summand a channel: y = (x - mean) · s + beta with
/// s = gamma / √(variance + epsilon). Behind a layer that is linear itself, both go into that layer's weights.
/// </summary>
internal static class BatchNormFolding
{
    private const float DefaultEpsilon = 1e-5f; // ONNX's, of a node without one

    /// <summary>Folds what can be folded; a layer whose output is used elsewhere too keeps its weights.</summary>
    public static void Apply(GraphProto graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        foreach (NodeProto norm in graph.Node.Where(node => node.OpType == "BatchNormalization").ToList())
        {
            NodeProto? layer = graph.Node.FirstOrDefault(node => node.Output[0] == norm.Input[0]);
            bool isLinear = layer is { OpType: "Conv" or "ConvTranspose" or "Gemm" };
            if (isLinear && CanFold(graph, layer!, norm) && !outputs.Contains(norm.Input[0]) && graph.Node.Sum(node => node.Input.Count(input => input == norm.Input[0])) == 1)
            {
                Fold(graph, layer!, norm);
            }
        }

        graph.RemoveUnused();
    }

    // What a writer of somebody's own wrote may compute its weights, lay them out otherwise, or have a bias of another shape.
    private static bool CanFold(GraphProto graph, NodeProto layer, NodeProto norm)
    {
        Dictionary<string, TensorProto> stored = graph.Initializer.Where(tensor => tensor.HasRawData).ToDictionary(tensor => tensor.Name);
        return layer.Input.Concat(norm.Input).Except([layer.Input[0], norm.Input[0]]).All(stored.ContainsKey)
            && (layer.Input.Count == 2 || stored[layer.Input[2]].RawData.Length == stored[norm.Input[1]].RawData.Length)
            && norm.Attribute.All(attribute => attribute.Name != "training_mode" || attribute.I == 0)
            && (layer.OpType != "Gemm" || (layer.Attribute.Any(attribute => attribute.Name == "transB")
                && layer.Attribute.All(attribute => attribute.Name switch { "transB" => attribute.I == 1, "transA" => attribute.I == 0, _ => attribute.F == 1 })));
    }

    private static void Fold(GraphProto graph, NodeProto layer, NodeProto norm)
    {
        TensorProto weight = Find(graph, layer.Input[1]);
        float epsilon = norm.Attribute.FirstOrDefault(attribute => attribute.Name == "epsilon")?.F ?? DefaultEpsilon;
        float[] gamma = Read(graph, norm.Input[1]), beta = Read(graph, norm.Input[2]), mean = Read(graph, norm.Input[3]), variance = Read(graph, norm.Input[4]);
        double[] factors = [.. gamma.Select((g, c) => g / Math.Sqrt((double)variance[c] + epsilon))];
        float[] bias = layer.Input.Count > 2 ? Read(graph, layer.Input[2]) : new float[gamma.Length];
        float[] values = Read(graph, weight.Name);
        int channelSize = ChannelSize(layer, weight);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] * factors[Channel(layer, weight, i, channelSize)]);
        }

        for (int c = 0; c < bias.Length; c++)
        {
            bias[c] = (float)(((bias[c] - (double)mean[c]) * factors[c]) + beta[c]);
        }

        string biasName = layer.Input.Count > 2 ? layer.Input[2] : $"{norm.Output[0]}.bias";
        string[] inputs = [layer.Input[0], Store(graph, weight.Name, values, [.. weight.Dims]), Store(graph, biasName, bias, [bias.Length])];
        layer.Input.Clear();
        layer.Input.Add(inputs);
        graph.ValueInfo.Remove(graph.ValueInfo.Single(value => value.Name == layer.Output[0]));
        layer.Output[0] = norm.Output[0];
        graph.Node.Remove(norm);
    }

    // Numbers of the weight from one output channel to the next.
    private static int ChannelSize(NodeProto layer, TensorProto weight) =>
        (int)weight.Dims.Skip(layer.OpType == "ConvTranspose" ? 2 : 1).Aggregate(1L, (size, dimension) => size * dimension);

    // Weights are [out, in / groups, ...], but [in, out / groups, ...] of a transposed convolution.
    private static int Channel(NodeProto layer, TensorProto weight, int index, int channelSize)
    {
        int channel = index / channelSize;
        if (layer.OpType != "ConvTranspose")
        {
            return channel;
        }

        int groups = (int)(layer.Attribute.FirstOrDefault(attribute => attribute.Name == "group")?.I ?? 1);
        int input = channel / (int)weight.Dims[1];
        int group = input / ((int)weight.Dims[0] / groups);
        return (group * (int)weight.Dims[1]) + (channel % (int)weight.Dims[1]);
    }

    private static TensorProto Find(GraphProto graph, string name) => graph.Initializer.Single(tensor => tensor.Name == name);

    private static float[] Read(GraphProto graph, string name) => MemoryMarshal.Cast<byte, float>(Find(graph, name).RawData.Span).ToArray();

    // Under its own name where nothing else uses the weight, else beside it: a network may share weights.
    private static string Store(GraphProto graph, string name, float[] values, long[] shape)
    {
        var folded = new TensorProto { DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
        folded.Dims.Add(shape);
        TensorProto? original = graph.Initializer.FirstOrDefault(tensor => tensor.Name == name);
        bool isShared = graph.Node.Sum(node => node.Input.Count(input => input == name)) > 1;
        folded.Name = isShared ? $"{name}/folded" : name;
        if (original is not null && !isShared)
        {
            graph.Initializer[graph.Initializer.IndexOf(original)] = folded;
        }
        else
        {
            for (int i = 2; graph.Initializer.Any(tensor => tensor.Name == folded.Name); i++)
            {
                folded.Name = $"{name}/folded_{i}";
            }

            graph.Initializer.Add(folded);
        }

        return folded.Name;
    }
}
