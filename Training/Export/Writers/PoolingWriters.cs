using TorchSharp;

namespace OnnxAE.Training;

/// <summary>Largest and mean values of windows, of a given shape or of a given number.</summary>
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

    /// <summary>A pooling to a given size. Window i of n covers floor(i · size / n) to ceil((i + 1) · size / n), as in libtorch.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="input">[N, channels, sizes…].</param>
    /// <param name="counts">Windows an axis behind the channels; one number counts for all.</param>
    /// <param name="isMax">The largest number of each window, or the mean.</param>
    public static OnnxValue Adaptive(OnnxGraph graph, OnnxValue input, long[] counts, bool isMax)
    {
        int axes = input.Rank - 2;
        long[] windows = counts.Length == 1 ? [.. Enumerable.Repeat(counts[0], Math.Max(axes, 1))] : counts;
        graph.Require(axes == windows.Length, $"pools {windows.Length} dimensions, but gets {input.ShapeText}: expected batch, channels and {windows.Length} more.");
        if (windows.All(count => count == 1))
        {
            return graph.Node(isMax ? "GlobalMaxPool" : "GlobalAveragePool", [input], [.. input.Shape.Take(2), .. windows]);
        }

        graph.Require(input.Shape.Skip(2).All(size => size != OnnxValue.Free), $"needs fixed sizes behind batch and channels, but gets {input.ShapeText}.");
        if (windows.Select((count, i) => input.Shape[2 + i] % count == 0).All(isWhole => isWhole))
        {
            var pooling = new PoolingShape([.. windows.Select((count, i) => input.Shape[2 + i] / count)], null, null, null, countsPartial: false);
            return isMax ? Max(graph, input, pooling) : Average(graph, input, pooling, countsPadding: false, divisor: null);
        }

        return windows.Select((count, i) => (count, Axis: 2 + i)).Aggregate(input, (value, next) => AdaptiveAlong(graph, value, next.Axis, next.count, isMax));
    }

    // Windows of different lengths as rows of one length: places past a window's end point at its last number, which is as large as
    // it was, or, where a mean is wanted, at a zero behind the last of all numbers.
    private static OnnxValue AdaptiveAlong(OnnxGraph graph, OnnxValue input, int axis, long count, bool isMax)
    {
        long size = input.Shape[axis];
        (long Start, long End)[] windows = [.. Enumerable.Range(0, (int)count).Select(i => (i * size / count, (((i + 1) * size) + count - 1) / count))];
        long longest = windows.Max(window => window.End - window.Start);
        long[] places = [.. windows.SelectMany(window => Enumerable.Range(0, (int)longest)
            .Select(i => window.Start + i < window.End ? window.Start + i : isMax ? window.End - 1 : size))];
        OnnxValue source = isMax ? input : PaddingWriters.Pad(
            graph, input, PaddingModes.Constant, [.. Enumerable.Range(1, input.Rank - 1).Select(i => (0L, i == axis ? 1L : 0L))]);
        long[] behind = [.. input.Shape.Skip(axis + 1)];
        long[] shape = [.. input.Shape.Take(axis), count, longest, .. behind];
        OnnxValue rows = graph.Node("Gather", [source, graph.Constant("places", places, count, longest)], shape, OnnxSetting.Of("axis", axis));
        if (isMax)
        {
            return graph.Reduce("ReduceMax", rows, axesAreInput: graph.Opset >= 18, [axis + 1], keep: false);
        }

        OnnxValue sums = graph.Reduce("ReduceSum", rows, axesAreInput: true, [axis + 1], keep: false);
        float[] shares = [.. windows.Select(window => 1f / (window.End - window.Start))];
        return graph.Multiply(sums, graph.Constant("shares", shares, [count, .. behind.Select(_ => 1L)]));
    }

    private static OnnxSetting[] Attributes(PoolingShape pooling) =>
    [
        OnnxSetting.Of("kernel_shape", pooling.Kernel),
        OnnxSetting.Of("pads", [.. pooling.Padding, .. pooling.EndPadding]),
        OnnxSetting.Of("strides", pooling.Stride),
    ];
}

/// <summary>The windows of a pooling, one number an axis.</summary>
internal sealed record PoolingShape
{
    /// <summary>Takes a module's settings, where null and empty mean what they mean to libtorch.</summary>
    public PoolingShape(long[] kernel, long[]? stride, long[]? padding, long[]? dilation, bool countsPartial)
    {
        Kernel = kernel;
        Stride = stride is { Length: > 0 } ? stride : kernel;
        Padding = padding is { Length: > 0 } ? padding : new long[kernel.Length];
        EndPadding = Padding;
        Dilation = dilation is { Length: > 0 } ? dilation : [.. kernel.Select(_ => 1L)];
        CountsPartial = countsPartial;
    }

    /// <summary>Numbers a window.</summary>
    public long[] Kernel { get; init; }

    /// <summary>From one window to the next.</summary>
    public long[] Stride { get; init; }

    /// <summary>Padding before the first number.</summary>
    public long[] Padding { get; init; }

    /// <summary>Padding behind the last.</summary>
    public long[] EndPadding { get; init; }

    /// <summary>Steps between the numbers of a window.</summary>
    public long[] Dilation { get; init; }

    /// <summary>Whether the last window may reach beyond the end (TorchSharp's ceil_mode).</summary>
    public bool CountsPartial { get; init; }

    /// <summary>The output's dimensions; set by <see cref="For"/>.</summary>
    public long[] OutputShape { get; private init; } = [];

    /// <summary>Axes pooled.</summary>
    public int Axes => Kernel.Length;

    /// <summary>Padding before and behind, one pair an axis.</summary>
    public (long Begin, long End)[] PaddingPairs => [.. Padding.Zip(EndPadding)];

    /// <summary>The windows on an input: windows that reach beyond the end become padding behind it.</summary>
    public PoolingShape For(OnnxGraph graph, OnnxValue input)
    {
        graph.Require(input.Rank == Axes + 2, $"pools {Axes} dimensions, but gets {input.ShapeText}: expected batch, channels and {Axes} more.");
        long[] end = [.. Padding], counts = new long[Axes];
        for (int i = 0; i < Axes; i++)
        {
            long size = input.Shape[2 + i], span = Windows.Span(Kernel[i], Dilation[i]);
            if (!CountsPartial)
            {
                counts[i] = Windows.Count(graph, size, 2 * Padding[i], span, Stride[i]);
                continue;
            }

            graph.Require(size != OnnxValue.Free, $"has ceil_mode, which needs a fixed size along axis {2 + i} of {input.ShapeText}.");
            graph.Require(size + (2 * Padding[i]) + Stride[i] > span, $"looks at {span} numbers at once where there are {size}.");
            counts[i] = Windows.CountWithPartial(size, Padding[i], span, Stride[i]);
            end[i] = Math.Max(Padding[i], ((counts[i] - 1) * Stride[i]) + span - size - Padding[i]);
        }

        return this with { EndPadding = end, OutputShape = [.. input.Shape.Take(2), .. counts] };
    }
}

/// <summary>The arithmetic of sliding windows.</summary>
internal static class Windows
{
    /// <summary>What a window covers, its gaps included.</summary>
    public static long Span(long kernel, long dilation) => (dilation * (kernel - 1)) + 1;

    /// <summary>How many windows fit, the last one whole.</summary>
    public static long Count(OnnxGraph graph, long size, long padding, long span, long stride)
    {
        if (size == OnnxValue.Free)
        {
            return OnnxValue.Free;
        }

        graph.Require(size + padding >= span, $"looks at {span} numbers at once where there are {size + padding}, padding included.");
        return ((size + padding - span) / stride) + 1;
    }

    /// <summary>
    /// How many windows there are if the last may reach beyond the end, as libtorch counts them: one that would begin in the
    /// padding behind the end is left out. ONNX says so since opset 19 only, so the windows are written as padding instead.
    /// </summary>
    public static long CountWithPartial(long size, long padding, long span, long stride)
    {
        long count = ((size + (2 * padding) - span + stride - 1) / stride) + 1;
        return (count - 1) * stride >= size + padding ? count - 1 : count;
    }
}
