namespace OnnxAE.Inference;

/// <summary>Matrix products.</summary>
internal static class MatrixShapes
{
    /// <summary>A [M, K] · B [K, N] + C, either of them turned if it says so.</summary>
    public static ValueShape? Gemm(ShapeNode node)
    {
        node.Require(node.First.Rank == 2 && node.Input(1).Rank == 2, "expects matrices");
        (AxisSize rows, AxisSize left) = Sizes(0, "transA");
        (AxisSize right, AxisSize columns) = Sizes(1, "transB");
        node.Require(!left.Contradicts(right), $"multiplies rows of {left} with columns of {right}");
        if (node.TryInput(2) is { } bias)
        {
            AxisSize[] sum = node.Broadcast([rows, columns], bias.Sizes);
            node.Require(sum.Length == 2 && !sum[1].Contradicts(columns) && !sum[0].Contradicts(rows), "adds what is larger than the product");
        }

        return node.First.With(rows, columns);

        (AxisSize, AxisSize) Sizes(int input, string turned)
        {
            IReadOnlyList<AxisSize> sizes = node.Input(input).Sizes;
            return node.Int(turned, 0) == 0 ? (sizes[0], sizes[1]) : (sizes[1], sizes[0]);
        }
    }

    /// <summary>As NumPy's matmul: matrices in the last two axes, the others broadcast.</summary>
    public static ValueShape? MatMul(ShapeNode node)
    {
        IReadOnlyList<AxisSize> a = node.First.Sizes, b = node.Input(1).Sizes;
        node.Require(a.Count > 0 && b.Count > 0, "expects matrices");
        bool isRow = a.Count == 1, isColumn = b.Count == 1;
        a = isRow ? [1, .. a] : a;
        b = isColumn ? [.. b, 1] : b;
        node.Require(!a[^1].Contradicts(b[^2]), $"multiplies rows of {a[^1]} with columns of {b[^2]}");
        AxisSize[] stack = a.Count == 2 && b.Count == 2 ? [] : node.Broadcast([.. a.SkipLast(2)], [.. b.SkipLast(2)]);
        AxisSize[] rows = isRow ? [] : [a[^2]], columns = isColumn ? [] : [b[^1]];
        return node.First.With([.. stack, .. rows, .. columns]);
    }
}
