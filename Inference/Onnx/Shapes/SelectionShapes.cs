using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Operators that take parts of values, repeat them or put them together.</summary>
internal static class SelectionShapes
{
    /// <summary>One behind the other along an axis.</summary>
    public static ValueShape? Concat(ShapeNode node)
    {
        ValueShape[] inputs = [.. Enumerable.Range(0, node.InputCount).Select(node.Input)];
        int axis = node.Axis(node.First, node.Int("axis", 0));
        node.Require(
            inputs.All(i => i.Rank == node.First.Rank && i.Type == node.First.Type && !i.Sizes.Where((s, a) => a != axis && s.Contradicts(node.First.Sizes[a])).Any()),
            $"joins along axis {axis} what differs elsewhere");
        AxisSize sum = inputs.All(i => i.Sizes[axis].IsKnown) ? inputs.Aggregate(0L, (s, i) => checked(s + i.Sizes[axis].Length)) : AxisSize.Unknown;
        return node.First.With(node.First.Sizes.Select((s, a) => a == axis ? sum : inputs.Select(i => i.Sizes[a]).FirstOrDefault(i => i.IsKnown, s)));
    }

    /// <summary>From a start to an end, in steps.</summary>
    public static ValueShape? Slice(ShapeNode node)
    {
        if (node.Numbers(1) is not { } starts || node.Numbers(2) is not { } ends
            || (node.TryInput(3) is not null && node.Numbers(3) is null) || (node.TryInput(4) is not null && node.Numbers(4) is null))
            return node.First.With(node.First.Sizes.Select(_ => AxisSize.Unknown));
        long[] axes = node.Numbers(3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = node.Numbers(4) ?? [.. starts.Select(_ => 1L)];
        node.Require(starts.Length == ends.Length && starts.Length == axes.Length && starts.Length == steps.Length && steps.All(s => s != 0), "has starts, ends, axes and steps that do not belong together");
        AxisSize[] sizes = [.. node.First.Sizes];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = node.Axis(node.First, axes[i]);
            sizes[axis] = sizes[axis].Select(size => Count(size, starts[i], ends[i], steps[i]));
        }

        return node.First.With(sizes);
    }

    /// <summary>Places of an axis; the axes of the places take its place.</summary>
    public static ValueShape? Gather(ShapeNode node)
    {
        int axis = node.Axis(node.First, node.Int("axis", 0));
        return node.First.With([.. node.First.Sizes.Take(axis), .. node.Input(1).Sizes, .. node.First.Sizes.Skip(axis + 1)]);
    }

    /// <summary>Numbers added before and behind; below 0, taken away.</summary>
    public static ValueShape? Pad(ShapeNode node)
    {
        long[]? axes = node.Numbers(3);
        if (node.Numbers(1) is not { } pads || (axes is null && node.TryInput(3) is not null))
            return node.First.With(node.First.Sizes.Select(_ => AxisSize.Unknown));
        axes ??= [.. Enumerable.Range(0, node.First.Rank).Select(i => (long)i)];
        node.Require(pads.Length == 2 * axes.Length, $"has {pads.Length} pads for {axes.Length} axes");
        AxisSize[] sizes = [.. node.First.Sizes];
        for (int i = 0; i < axes.Length; i++)
        {
            long more = checked(pads[i] + pads[axes.Length + i]);
            int axis = node.Axis(node.First, axes[i]);
            node.Require(!sizes[axis].IsKnown || checked(sizes[axis].Length + more) >= 0, "takes away more than there is");
            sizes[axis] = more == 0 ? sizes[axis] : sizes[axis].Select(size => checked(size + more));
        }

        return node.First.With(sizes);
    }

    /// <summary>Larger or smaller by factors, or to sizes.</summary>
    public static ValueShape? Resize(ShapeNode node)
    {
        ValueShape input = node.First;
        int[] axes = node.Ints("axes") is { } given ? [.. given.Select(a => node.Axis(input, a))] : [.. Enumerable.Range(0, input.Rank)];
        AxisSize[] sizes = [.. input.Sizes];
        float[]? scales = node.Floats(2);
        AxisSize[]? wanted = node.Vector(3);
        if (scales is { Length: > 0 })
        {
            node.Require(scales.Length == axes.Length && scales.All(s => s > 0), $"has {scales.Length} factors for {axes.Length} axes");
            for (int i = 0; i < axes.Length; i++)
                sizes[axes[i]] = scales[i] == 1 ? sizes[axes[i]] : sizes[axes[i]].Select(size => checked((long)(size * scales[i])));
        }
        else if (wanted is not null && node.Text("keep_aspect_ratio_policy", "stretch") == "stretch")
        {
            node.Require(wanted.Length == axes.Length, $"has {wanted.Length} sizes for {axes.Length} axes");
            for (int i = 0; i < axes.Length; i++)
                sizes[axes[i]] = wanted[i];
        }
        else
        {
            foreach (int axis in axes)
                sizes[axis] = AxisSize.Unknown;
        }

        return input.With(sizes);
    }

    /// <summary>A reduction over axes that stay with length 1, or go.</summary>
    public static ValueShape? Reduce(ShapeNode node)
    {
        long[]? axes = node.Axes(1, out bool isKnown);
        bool keeps = node.Int("keepdims", 1) != 0;
        if (!isKnown)
            return keeps ? node.First.With(node.First.Sizes.Select(_ => AxisSize.Unknown)) : null;
        if (axes is not { Length: > 0 } && node.Int("noop_with_empty_axes", 0) != 0)
            return node.First;
        return Without(node, axes is { Length: > 0 } ? [.. axes.Select(a => node.Axis(node.First, a))] : [.. Enumerable.Range(0, node.First.Rank)], keeps);
    }

    /// <summary>The place of the largest or smallest number along an axis.</summary>
    public static ValueShape? ArgMax(ShapeNode node)
        => Without(node, [node.Axis(node.First, node.Int("axis", 0))], node.Int("keepdims", 1) != 0) with { Type = DataType.Int64 };

    /// <summary>A tensor in the node itself.</summary>
    public static ValueShape? Constant(ShapeNode node) => node.Tensor("value") is { } tensor ? ValueShape.Of(tensor) : null;

    private static ValueShape Without(ShapeNode node, HashSet<int> axes, bool keeps)
        => node.First.With(node.First.Sizes.Select((s, i) => axes.Contains(i) ? AxisSize.One : s).Where((_, i) => keeps || !axes.Contains(i)));

    private static long Count(long size, long start, long end, long step)
    {
        if (size == 0)
            return 0;
        long from = Math.Clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        long to = Math.Clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
        long distance = step > 0 ? to - from : from - to;
        return distance <= 0 ? 0 : ((distance - 1) / Math.Abs(step)) + 1;
    }
}
