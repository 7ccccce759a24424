using static OnnxAE.Inference.TensorProto.Types;

namespace OnnxAE.Inference;

/// <summary>Operators that give the same numbers another arrangement.</summary>
internal static class LayoutShapes
{
    /// <summary>A matrix: the axes before one and those from it on.</summary>
    public static ValueShape? Flatten(ShapeNode node)
    {
        long axis = node.Int("axis", 1);
        int split = (int)(axis < 0 ? axis + node.First.Rank : axis);
        node.Require(split >= 0 && split <= node.First.Rank, $"splits at axis {axis}");
        return node.First.With(AxisSize.Product(node.First.Sizes.Take(split)), AxisSize.Product(node.First.Sizes.Skip(split)));
    }

    /// <summary>The lengths that a vector says: 0 for that of the same place, -1 for what remains.</summary>
    public static ValueShape? Reshape(ShapeNode node)
    {
        AxisSize rank = node.Input(1) is { Rank: 1 } vector ? vector.Sizes[0] : AxisSize.Unknown;
        node.Require(rank.Length <= ShapeInference.MaxRank, $"makes a value of more than {ShapeInference.MaxRank} axes");
        if (node.Vector(1) is not { } target)
            return rank.IsKnown
                ? node.First.With(Enumerable.Repeat(AxisSize.Unknown, (int)rank.Length))
                : null;
        bool copiesZero = node.Int("allowzero", 0) == 0;
        AxisSize[] sizes = new AxisSize[target.Length];
        List<AxisSize> left = [.. node.First.Sizes.Where(s => !s.IsKnown)]; // free lengths that the result does not have yet
        for (int i = 0; i < target.Length; i++)
        {
            node.Require(target[i].IsKnown || target[i].Name is not null || target[i].Length == -1, "makes a length below -1");
            bool isCopy = copiesZero && target[i] == 0;
            node.Require(!isCopy || i < node.First.Rank, $"copies the length of axis {i}");
            sizes[i] = isCopy ? node.First.Sizes[i] : target[i];
            if (isCopy || target[i].Name is not null)
                left.Remove(sizes[i]);
        }

        int[] open = [.. Enumerable.Range(0, target.Length).Where(i => target[i] == AxisSize.Unknown)];
        long from = Known(node.First.Sizes), to = Known(sizes);
        if (open.Length == 1)
            sizes[open[0]] = Remainder(node, left, sizes, from, to);
        else if (open.Length == 0 && node.First.Sizes.Concat(sizes).All(s => s.IsKnown))
            node.Require(from == to, $"makes {to:N0} values of {from:N0}");
        return node.First.With(sizes);
    }

    /// <summary>The axes in another order, by default in the opposite one.</summary>
    public static ValueShape? Transpose(ShapeNode node)
    {
        long[] order = node.Ints("perm") ?? [.. Enumerable.Range(0, node.First.Rank).Select(i => (long)i).Reverse()];
        node.Require(order.Order().SequenceEqual(Enumerable.Range(0, node.First.Rank).Select(i => (long)i)), $"puts the axes in the order {string.Join(", ", order)}");
        return node.First.With(order.Select(i => node.First.Sizes[(int)i]));
    }

    /// <summary>Axes of length 1 that go.</summary>
    public static ValueShape? Squeeze(ShapeNode node)
    {
        long[]? axes = node.Axes(1, out bool isKnown);
        if (!isKnown || (axes is null && node.First.Sizes.Any(s => !s.IsKnown)))
            return null;
        HashSet<int> gone = axes is null
            ? [.. Enumerable.Range(0, node.First.Rank).Where(i => node.First.Sizes[i] == AxisSize.One)]
            : [.. axes.Select(a => node.Axis(node.First, a))];
        node.Require(gone.All(i => !node.First.Sizes[i].Contradicts(1)), "leaves out axes of more than 1");
        return node.First.With(node.First.Sizes.Where((_, i) => !gone.Contains(i)));
    }

    /// <summary>Axes of length 1 that come.</summary>
    public static ValueShape? Unsqueeze(ShapeNode node)
    {
        if (node.Axes(1, out _) is not { } axes)
            return null;
        int rank = node.First.Rank + axes.Length;
        HashSet<long> added = [.. axes.Select(a => a < 0 ? a + rank : a)];
        node.Require(added.Count == axes.Length && added.All(a => a >= 0 && a < rank), $"adds the axes {string.Join(", ", axes)}");
        Queue<AxisSize> others = new(node.First.Sizes);
        return node.First.With(Enumerable.Range(0, rank).Select(i => added.Contains(i) ? AxisSize.One : others.Dequeue()));
    }

    /// <summary>Blocks of channels to blocks of pixels.</summary>
    public static ValueShape? DepthToSpace(ShapeNode node)
    {
        long block = node.Int("blocksize", 0);
        node.Require(node.First.Rank == 4 && block > 0, "expects [N, C, H, W] and a block size above 0");
        IReadOnlyList<AxisSize> sizes = node.First.Sizes;
        long area = checked(block * block);
        node.Require(!sizes[1].IsKnown || sizes[1].Length % area == 0, $"makes blocks of {area} channels");
        return node.First.With(sizes[0], sizes[1].Select(c => c / area), sizes[2].Select(h => checked(h * block)), sizes[3].Select(w => checked(w * block)));
    }

    /// <summary>The lengths themselves.</summary>
    public static ValueShape? Shape(ShapeNode node) => new(DataType.Int64, [Part(node).Length]);

    /// <summary>What the operator Shape gives.</summary>
    public static AxisSize[] Part(ShapeNode node)
    {
        int rank = node.First.Rank;
        int start = Clamp(node.Int("start", 0)), end = Clamp(node.Int("end", rank));
        return [.. node.First.Sizes.Skip(start).Take(Math.Max(0, end - start))];
        int Clamp(long axis) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    private static long Known(IEnumerable<AxisSize> sizes) => sizes.Where(s => s.IsKnown).Aggregate(1L, (product, s) => checked(product * s.Length));

    // What the axis that is left open must be: free lengths that stay whole cancel.
    private static AxisSize Remainder(ShapeNode node, List<AxisSize> left, AxisSize[] sizes, long from, long to)
    {
        bool cancels = sizes.Count(s => !s.IsKnown) - 1 == node.First.Sizes.Count(s => !s.IsKnown) - left.Count;
        if (!cancels || to == 0)
            return AxisSize.Unknown;
        node.Require(left.Count > 0 || from % to == 0, $"makes rows of {to:N0} of {from:N0} values");
        return left.Count == 0 ? from / to : left.Count == 1 && from == to ? left[0] : AxisSize.Unknown;
    }
}
