using TorchSharp;

namespace OnnxAE.Training;

/// <summary>Largest and mean values of windows.</summary>
internal static class PoolingWriters
{
    /// <summary>The largest number of each window.</summary>
    public static OnnxValue Max(OnnxGraph graph, OnnxValue input, PoolingShape pooling)
    {
        pooling = pooling.For(graph, input);
        OnnxValue source = input;
        if (pooling.EndPadding.Where((end, i) => end >= pooling.Kernel[i]).Any())
        {
            // ONNX Runtime wants less padding than the window has numbers; a dilated window may need more.
            source = PaddingWriters.Pad(graph, input, PaddingModes.Constant, pooling.PaddingPairs, double.NegativeInfinity);
            pooling = pooling with { Padding = new long[pooling.Axes], EndPadding = new long[pooling.Axes] };
        }

        return graph.Node("MaxPool", [source], pooling.OutputShape, [.. Attributes(pooling), OnnxSetting.Of("dilations", pooling.Dilation)]);
    }

    /// <summary>The mean of each window, or its sum over a divisor of the module's own.</summary>
    public static OnnxValue Average(OnnxGraph graph, OnnxValue input, PoolingShape pooling, bool countsPadding, long? divisor)
    {
        bool isPadded = pooling.Padding.Any(size => size > 0);
        pooling = pooling.For(graph, input);
        bool reachesBeyond = !pooling.EndPadding.SequenceEqual(pooling.Padding);
        OnnxValue source = input;
        if (divisor is null && countsPadding && isPadded && reachesBeyond)
        {
            // The module's padding counts, what a last window reaches beyond it does not: the first becomes zeros of the input.
            source = PaddingWriters.Pad(graph, input, PaddingModes.Constant, [.. pooling.Padding.Select(size => (size, size))]);
            pooling = pooling with { EndPadding = [.. pooling.EndPadding.Select((end, i) => end - pooling.Padding[i])], Padding = new long[pooling.Axes] };
            isPadded = false;
        }

        bool countsAll = divisor is not null || (countsPadding && isPadded);
        OnnxValue mean = graph.Node(
            "AveragePool", [source], pooling.OutputShape, [.. Attributes(pooling), OnnxSetting.Of("count_include_pad", countsAll ? 1 : 0)]);
        return divisor is { } number ? graph.Multiply(mean, graph.Scalar(pooling.Kernel.Aggregate(1L, (a, b) => a * b) / (double)number)) : mean;
    }

    private static OnnxSetting[] Attributes(PoolingShape pooling) =>
    [
        OnnxSetting.Of("kernel_shape", pooling.Kernel),
        OnnxSetting.Of("pads", [.. pooling.Padding, .. pooling.EndPadding]),
        OnnxSetting.Of("strides", pooling.Stride),
    ];
}
