namespace OnnxAE.Inference;

/// <summary>ONNX's multidirectional broadcasting (https://onnx.ai/onnx/repo-docs/Broadcasting.html).</summary>
internal static class Broadcasting
{
    /// <summary>The shape of several values put together number by number.</summary>
    /// <exception cref="InvalidDataException">They don't fit each other.</exception>
    public static AxisSize[] Broadcast(this ShapeNode node, params IReadOnlyCollection<IReadOnlyList<AxisSize>> shapes)
    {
        int rank = shapes.Max(s => s.Count);
        AxisSize[] result = new AxisSize[rank];
        for (int i = 0; i < rank; i++)
        {
            int fromBehind = rank - i;
            AxisSize[] sizes = [.. shapes.Where(s => s.Count >= fromBehind).Select(s => s[^fromBehind]).Where(s => s != AxisSize.One).Distinct()];
            AxisSize[] known = [.. sizes.Where(s => s.IsKnown)];
            node.Require(known.Length <= 1, "puts together what has different lengths");
            // A free length beside a number above 1 must be 1 or that number, so the result is the number.
            result[i] = sizes.Length == 0 ? AxisSize.One : known.Length == 1 ? known[0] : sizes.Length == 1 ? sizes[0] : AxisSize.Unknown;
        }

        return result;
    }
}
