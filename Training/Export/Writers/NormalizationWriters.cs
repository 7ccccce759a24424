using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Normalizations as they are in evaluation mode.</summary>
internal static class NormalizationWriters
{
    /// <summary>Each channel by the statistics gathered in training.</summary>
    public static OnnxValue Batch(NormBase module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(
            module.running_mean is not null && module.running_var is not null,
            "keeps no running statistics, so that a row's output would depend on the other rows of its batch. Train it with track_running_stats.");
        graph.Require(
            input.Rank >= 2 && input.Shape[1] == module.num_features, $"normalizes {module.num_features} channels, but gets {input.ShapeText}.");
        float[] ones = [.. Enumerable.Repeat(1f, (int)module.num_features)];
        return graph.Node(
            "BatchNormalization",
            [
                input,
                module.affine ? graph.Weight("weight", module.weight) : graph.Constant("weight", ones, ones.Length),
                module.affine && module.bias is { } bias ? graph.Weight("bias", bias) : graph.Constant("bias", new float[ones.Length], ones.Length),
                graph.Weight("running_mean", module.running_mean!),
                graph.Weight("running_var", module.running_var!),
            ],
            input.Shape,
            OnnxSetting.Of("epsilon", module.eps));
    }

    /// <summary>Each channel of each row by itself, or by statistics gathered in training where the module keeps some.</summary>
    public static OnnxValue Instance(InstanceNorm module, OnnxGraph graph, OnnxValue input, int rank)
    {
        graph.Require(
            input.Rank == rank && input.Shape[1] == module.num_features,
            $"normalizes {module.num_features} channels of {rank} dimensions with the batch, but gets {input.ShapeText}.");
        if (module.running_mean is not null)
        {
            return Batch(module, graph, input);
        }

        OnnxValue factors = module.affine ? graph.Weight("weight", module.weight) : Filled(graph, "weight", 1, module.num_features);
        OnnxValue summands = module.affine && module.bias is { } bias ? graph.Weight("bias", bias) : Filled(graph, "bias", 0, module.num_features);
        return graph.Node("InstanceNormalization", [input, factors, summands], input.Shape, OnnxSetting.Of("epsilon", module.eps));
    }

    /// <summary>The last dimensions of each row by their own mean and variance. ONNX has an operator since opset 17.</summary>
    public static OnnxValue Layer(LayerNorm module, OnnxGraph graph, OnnxValue input)
    {
        int axes = module.normalized_shape.Length;
        graph.Require(
            input.Rank > axes && input.Shape.TakeLast(axes).SequenceEqual(module.normalized_shape),
            $"normalizes the last dimensions [{string.Join(", ", module.normalized_shape)}], but gets {input.ShapeText}.");
        OnnxValue? weight = module.elementwise_affine ? graph.Weight("weight", module.weight) : null;
        OnnxValue? bias = module.elementwise_affine && module.bias is { } shift ? graph.Weight("bias", shift) : null;
        if (graph.Opset >= 17)
        {
            float[] ones = [.. Enumerable.Repeat(1f, (int)module.normalized_shape.Aggregate(1L, (a, b) => a * b))];
            OnnxValue scale = weight ?? graph.Constant("weight", ones, module.normalized_shape);
            return graph.Node(
                "LayerNormalization", bias is null ? [input, scale] : [input, scale, bias], input.Shape, OnnxSetting.Of("axis", -axes), OnnxSetting.Of("epsilon", module.eps));
        }

        int[] last = [.. Enumerable.Range(input.Rank - axes, axes)];
        OnnxValue centered = graph.Subtract(input, graph.ReduceMean(input, last));
        OnnxValue variance = graph.ReduceMean(graph.Multiply(centered, centered), last);
        OnnxValue normal = graph.Divide(centered, graph.Map("Sqrt", graph.Add(variance, graph.Scalar(module.eps))));
        OnnxValue scaled = weight is null ? normal : graph.Multiply(normal, weight);
        return bias is null ? scaled : graph.Add(scaled, bias);
    }

    /// <summary>Each group of channels of a row by its own mean and variance; ONNX has an operator with a factor a channel since opset 21.</summary>
    public static OnnxValue Group(OnnxGraph graph, OnnxValue input, long groups, double epsilon, Tensor? weight, Tensor? bias)
    {
        graph.Require(input.Rank >= 3 && input.Shape[1] % groups == 0, $"normalizes {groups} groups of channels, but gets {input.ShapeText}.");
        long channels = input.Shape[1];
        if (graph.Opset >= 21)
        {
            OnnxValue factors = weight is null ? Filled(graph, "weight", 1, channels) : graph.Weight("weight", weight);
            OnnxValue summands = bias is null ? Filled(graph, "bias", 0, channels) : graph.Weight("bias", bias);
            return graph.Node(
                "GroupNormalization", [input, factors, summands], input.Shape, OnnxSetting.Of("epsilon", epsilon), OnnxSetting.Of("num_groups", groups));
        }

        // Groups as instances: [N, groups, everything else].
        long[] rest = [.. input.Shape.Skip(1)];
        OnnxValue grouped = graph.Reshape(input, input.Shape[0], groups, rest.Contains(OnnxValue.Free) ? OnnxValue.Free : rest.Aggregate(1L, (a, b) => a * b) / groups);
        OnnxValue normal = graph.Node(
            "InstanceNormalization",
            [grouped, Filled(graph, "group_weight", 1, groups), Filled(graph, "group_bias", 0, groups)],
            grouped.Shape,
            OnnxSetting.Of("epsilon", epsilon));
        OnnxValue result = graph.ReshapeLike(normal, input);
        if (weight is not null)
        {
            result = graph.Multiply(result, PerChannel(graph, "weight", weight, input.Rank));
        }

        return bias is null ? result : graph.Add(result, PerChannel(graph, "bias", bias, input.Rank));
    }

    /// <summary>A number a channel, shaped so that it meets the channels: [C, 1, 1] for pictures.</summary>
    public static OnnxValue PerChannel(OnnxGraph graph, string name, Tensor values, int rank) =>
        graph.Weight(name, values, $"channels of {rank} axes", whole => whole.reshape([whole.numel(), .. Enumerable.Repeat(1L, rank - 2)]));

    private static OnnxValue Filled(OnnxGraph graph, string name, float value, long count) =>
        graph.Constant(name, Enumerable.Repeat(value, (int)count).ToArray(), count);
}
