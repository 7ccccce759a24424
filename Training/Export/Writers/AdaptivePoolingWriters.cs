namespace OnnxAE.Training;

/// <summary>Poolings to a given size. Window i of n covers floor(i · size / n) to ceil((i + 1) · size / n), as in libtorch.</summary>
internal static class AdaptivePoolingWriters
{
    /// <summary>The mean of each window.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="input">[N, channels, sizes…].</param>
    /// <param name="counts">Windows an axis behind the channels; one number counts for all.</param>
    public static OnnxValue Average(OnnxGraph graph, OnnxValue input, long[] counts) => Pool(
        graph,
        input,
        counts,
        "GlobalAveragePool",
        pooling => PoolingWriters.Average(graph, input, pooling, countsPadding: false, divisor: null),
        (value, axis, count) => AverageAlong(graph, value, axis, count));

    /// <summary>The largest number of each window.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="input">[N, channels, sizes…].</param>
    /// <param name="counts">Windows an axis behind the channels; one number counts for all.</param>
    public static OnnxValue Max(OnnxGraph graph, OnnxValue input, long[] counts) => Pool(
        graph, input, counts, "GlobalMaxPool", pooling => PoolingWriters.Max(graph, input, pooling), (value, axis, count) => MaxAlong(graph, value, axis, count));

    private static OnnxValue Pool(
        OnnxGraph graph,
        OnnxValue input,
        long[] counts,
        string globalOperator,
        Func<PoolingShape, OnnxValue> equalWindows,
        Func<OnnxValue, int, long, OnnxValue> alongAxis)
    {
        int axes = input.Rank - 2;
        long[] windows = counts.Length == 1 ? [.. Enumerable.Repeat(counts[0], Math.Max(axes, 1))] : counts;
        graph.Require(axes == windows.Length, $"pools {windows.Length} dimensions, but gets {input.ShapeText}: expected batch, channels and {windows.Length} more.");
        if (windows.All(count => count == 1))
        {
            return graph.Node(globalOperator, [input], [.. input.Shape.Take(2), .. windows]);
        }

        graph.Require(input.Shape.Skip(2).All(size => size != OnnxValue.Free), $"needs fixed sizes behind batch and channels, but gets {input.ShapeText}.");
        if (windows.Select((count, i) => input.Shape[2 + i] % count == 0).All(isWhole => isWhole))
        {
            long[] kernel = [.. windows.Select((count, i) => input.Shape[2 + i] / count)];
            return equalWindows(new PoolingShape(kernel, null, null, null, countsPartial: false));
        }

        return windows.Select((count, i) => (count, Axis: 2 + i)).Aggregate(input, (value, next) => alongAxis(value, next.Axis, next.count));
    }

    // Windows of different lengths as rows of one length: places past a window's end point at a zero behind the last number.
    private static OnnxValue AverageAlong(OnnxGraph graph, OnnxValue input, int axis, long count)
    {
        long size = input.Shape[axis];
        (long Start, long End)[] windows = Windows(size, count);
        long longest = windows.Max(window => window.End - window.Start);
        long[] places = [.. windows.SelectMany(window => Enumerable.Range(0, (int)longest).Select(i => window.Start + i < window.End ? window.Start + i : size))];
        (long, long)[] zero = [.. Enumerable.Range(1, input.Rank - 1).Select(i => (0L, i == axis ? 1L : 0L))];
        OnnxValue padded = PaddingWriters.Pad(graph, input, TorchSharp.PaddingModes.Constant, zero);
        long[] before = [.. input.Shape.Take(axis)], behind = [.. input.Shape.Skip(axis + 1)];
        OnnxValue rows = graph.Node(
            "Gather", [padded, graph.Constant("places", places, count, longest)], [.. before, count, longest, .. behind], OnnxSetting.Of("axis", axis));
        OnnxValue sums = graph.Reduce("ReduceSum", rows, axesAreInput: true, [axis + 1], keep: false);
        float[] shares = [.. windows.Select(window => 1f / (window.End - window.Start))];
        return graph.Multiply(sums, graph.Constant("shares", shares, [count, .. behind.Select(_ => 1L)]));
    }

    // As above; places past a window's end point at its last number, which is as large as it was.
    private static OnnxValue MaxAlong(OnnxGraph graph, OnnxValue input, int axis, long count)
    {
        (long Start, long End)[] windows = Windows(input.Shape[axis], count);
        long longest = windows.Max(window => window.End - window.Start);
        long[] places = [.. windows.SelectMany(window => Enumerable.Range(0, (int)longest).Select(i => Math.Min(window.Start + i, window.End - 1)))];
        OnnxValue rows = graph.Node(
            "Gather",
            [input, graph.Constant("places", places, count, longest)],
            [.. input.Shape.Take(axis), count, longest, .. input.Shape.Skip(axis + 1)],
            OnnxSetting.Of("axis", axis));
        return graph.Reduce("ReduceMax", rows, axesAreInput: graph.Opset >= 18, [axis + 1], keep: false);
    }

    private static (long Start, long End)[] Windows(long size, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(i => (i * size / count, (((i + 1) * size) + count - 1) / count))];
}
