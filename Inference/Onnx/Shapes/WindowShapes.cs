namespace OnnxAE.Inference;

/// <summary>Operators that slide a window over the axes behind batch and channels.</summary>
internal static class WindowShapes
{
    /// <summary>A convolution, weights [out, in / groups, …].</summary>
    public static ValueShape? Conv(ShapeNode node)
    {
        ValueShape input = node.First, weight = node.Input(1);
        node.Require(input.Rank >= 3 && weight.Rank == input.Rank, "expects batch, channels and at least one axis, and weights for them");
        AxisSize channels = weight.Sizes[1].Select(c => checked(c * node.Int("group", 1)));
        node.Require(!channels.Contradicts(input.Sizes[1]), $"takes {channels} channels");
        return Slide(node, input.With([input.Sizes[0], weight.Sizes[0], .. input.Sizes.Skip(2)]), Kernel(node, weight));
    }

    /// <summary>A transposed convolution, weights [in, out / groups, …].</summary>
    public static ValueShape? Transposed(ShapeNode node)
    {
        ValueShape input = node.First, weight = node.Input(1);
        node.Require(input.Rank >= 3 && weight.Rank == input.Rank, "expects batch, channels and at least one axis, and weights for them");
        node.Require(!weight.Sizes[0].Contradicts(input.Sizes[1]), $"takes {weight.Sizes[0]} channels");
        int axes = input.Rank - 2;
        AxisSize channels = weight.Sizes[1].Select(c => checked(c * node.Int("group", 1)));
        if (node.Ints("output_shape") is { } given)
        {
            node.Require(given.Length >= axes, "has an output of other axes");
            return input.With([input.Sizes[0], channels, .. given.TakeLast(axes).Select(s => (AxisSize)s)]);
        }

        if (Kernel(node, weight) is not { } kernel || node.Text("auto_pad", "NOTSET") != "NOTSET")
            return input.With([input.Sizes[0], channels, .. Enumerable.Repeat(AxisSize.Unknown, axes)]);
        node.Require(kernel.Length == axes, "has a window of other axes");
        long[] strides = Setting(node, "strides", axes, 1), dilations = Setting(node, "dilations", axes, 1);
        long[] pads = Setting(node, "pads", 2 * axes, 0), extra = Setting(node, "output_padding", axes, 0);
        AxisSize[] sizes = [.. Enumerable.Range(0, axes).Select(i => input.Sizes[2 + i].Select(
            size => checked((strides[i] * (size - 1)) + extra[i] + Span(kernel[i], dilations[i]) - pads[i] - pads[axes + i])))];
        node.Require(sizes.Where((s, i) => input.Sizes[2 + i].IsKnown && s.Length <= 0).Any() is false, "makes nothing of its input");
        return input.With([input.Sizes[0], channels, .. sizes]);
    }

    /// <summary>The largest number or the mean of each window.</summary>
    public static ValueShape? Pool(ShapeNode node)
    {
        node.Require(node.First.Rank >= 3 && node.Ints("kernel_shape") is not null, "expects batch, channels and at least one axis, and a window");
        return Slide(node, node.First, node.Ints("kernel_shape"));
    }

    /// <summary>One number a channel.</summary>
    public static ValueShape? Global(ShapeNode node)
        => node.First.With([.. node.First.Sizes.Take(2), .. Enumerable.Repeat(AxisSize.One, Math.Max(0, node.First.Rank - 2))]);

    private static ValueShape Slide(ShapeNode node, ValueShape input, long[]? kernel)
    {
        int axes = input.Rank - 2;
        string padding = node.Text("auto_pad", "NOTSET");
        if (kernel is null || padding is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
            return input.With([.. input.Sizes.Take(2), .. Enumerable.Repeat(AxisSize.Unknown, axes)]);
        node.Require(kernel.Length == axes && kernel.All(k => k > 0), "has a window of other axes");
        long[] strides = Setting(node, "strides", axes, 1), dilations = Setting(node, "dilations", axes, 1), pads = Setting(node, "pads", 2 * axes, 0);
        node.Require(strides.All(s => s > 0) && dilations.All(d => d > 0), "has strides or dilations below 1");
        bool isCeiling = node.Int("ceil_mode", 0) != 0;
        return input.With([.. input.Sizes.Take(2), .. Enumerable.Range(0, axes).Select(i => input.Sizes[2 + i].Select(size => Windows(size, i)))]);

        long Windows(long size, int i)
        {
            if (padding.StartsWith("SAME", StringComparison.Ordinal))
                return checked(size + strides[i] - 1) / strides[i];
            (long before, long behind) = padding == "VALID" ? (0, 0) : (pads[i], pads[axes + i]);
            long room = checked(size + before + behind - Span(kernel[i], dilations[i]));
            node.Require(room >= 0, $"has a window of {Span(kernel[i], dilations[i])} where there are {size + before + behind}");
            long count = (isCeiling ? (room + strides[i] - 1) / strides[i] : room / strides[i]) + 1;
            return isCeiling && (count - 1) * strides[i] >= size + before ? count - 1 : count;
        }
    }

    private static long[]? Kernel(ShapeNode node, ValueShape weight)
        => node.Ints("kernel_shape") ?? (weight.Sizes.Skip(2).All(s => s.IsKnown) ? [.. weight.Sizes.Skip(2).Select(s => s.Length)] : null);

    private static long[] Setting(ShapeNode node, string name, int count, long otherwise)
    {
        long[] values = node.Ints(name) is { Length: > 0 } given ? given : [.. Enumerable.Repeat(otherwise, count)];
        node.Require(values.Length == count, $"has {values.Length} {name}, expected {count}");
        return values;
    }

    private static long Span(long kernel, long dilation) => checked((dilation * (kernel - 1)) + 1);
}
