namespace OnnxAE.Inference;

/// <summary>An estimate of what a row costs, without running anything.</summary>
internal static class ModelCost
{
    private static readonly string[] Spatial = ["Conv", "ConvTranspose", "FusedConv"];

    /// <summary>
    /// Bytes of a row that goes into the largest layer and comes out of it: for a convolution its channels at the full size of
    /// the picture, a bound rather than the size; for a matrix product its rows and columns.
    /// </summary>
    /// <param name="graph">The graph of a model.</param>
    /// <param name="tensors">Its inputs and outputs.</param>
    public static long LayerBytes(GraphProto graph, IReadOnlyCollection<TensorSpec> tensors)
    {
        long largest = tensors.Max(t => t.RowBytes);
        long pixels = tensors.Max(t => t.RowShape.Count > 2 ? t.RowSize / t.RowShape[1] : (long)t.RowSize);
        Dictionary<string, TensorProto> weights = graph.Initializer.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.First());
        foreach (NodeProto node in graph.Node)
        {
            // Quantized weights are what their DequantizeLinear gives.
            if (node is { OpType: "DequantizeLinear", Input.Count: > 0, Output.Count: > 0 } && weights.TryGetValue(node.Input[0], out TensorProto? quantized))
                weights.TryAdd(node.Output[0], quantized);
            if (node.Input.Count < 2 || !weights.TryGetValue(node.Input[1], out TensorProto? weight) || weight.Dims.Count < 2)
                continue;
            long width = Spatial.Contains(node.OpType)
                ? (weight.Dims[0] + weight.Dims[1]) * pixels
                : weight.Dims.Sum();
            largest = Math.Max(largest, width * sizeof(float));
        }

        return largest;
    }
}
