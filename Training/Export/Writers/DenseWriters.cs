using TorchSharp.Modules;

namespace OnnxAE.Training;

/// <summary>Layers that multiply with a matrix.</summary>
internal static class DenseWriters
{
    /// <summary>y = x Wᵀ + b along the last axis, the weights [out, in] as TorchSharp keeps them.</summary>
    public static OnnxValue Linear(Linear module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(
            input.Rank >= 2 && input.Shape[^1] == module.in_features,
            $"takes {module.in_features} numbers along the last axis, but gets {input.ShapeText}: put a Flatten before it, or correct its width.");
        long[] shape = [.. input.Shape.SkipLast(1), module.out_features];
        if (input.Rank == 2)
        {
            return graph.Node(
                "Gemm", [input, graph.Weight("weight", module.weight), .. Bias(module, graph)], shape, OnnxSetting.Of("transB", 1));
        }

        // Gemm takes matrices only; MatMul wants [in, out].
        OnnxValue product = graph.Node("MatMul", [input, graph.Weight("weight", module.weight, "transposed", weight => weight.t())], shape);
        return Bias(module, graph) is [var bias] ? graph.Add(product, bias) : product;
    }

    /// <summary>A row of weights for each index.</summary>
    public static OnnxValue Embedding(Embedding module, OnnxGraph graph, OnnxValue input)
    {
        graph.Require(
            input.ElementType == OnnxElementType.Index,
            $"takes indices, but gets numbers: it must be the network's first module, and {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.InputType)} {nameof(OnnxElementType.Index)}.");
        OnnxValue weight = graph.Weight("weight", module.weight!);
        return graph.Node("Gather", [weight, input], [.. input.Shape, weight.Shape[1]], OnnxSetting.Of("axis", 0));
    }

    private static OnnxValue[] Bias(Linear module, OnnxGraph graph) => module.bias is { } bias ? [graph.Weight("bias", bias)] : [];
}
