using TorchSharp;
using TorchSharp.Modules;

namespace OnnxAE.Training;

/// <summary>Layers with weights: dense ones, embeddings, convolutions and transposed ones.</summary>
internal static class LayerWriters
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

    /// <summary>A convolution. Padding with zeros is part of the operator; other padding is a node before it, as in TorchSharp.</summary>
    public static OnnxValue Convolution(Convolution module, OnnxGraph graph, OnnxValue input)
    {
        int axes = module.kernel_size.Length;
        RequireChannels(module, graph, input, axes);
        (long Begin, long End)[] padding = Padding(module);
        OnnxValue padded = input;
        if (module.padding_mode is not (PaddingModes.Zeros or PaddingModes.Constant))
        {
            // TorchSharp keeps numeric padding in the order of its pad function, last axis first, but "same" padding in
            // the order of the kernel, so that pad gives the first axis what belongs to the last.
            (long Begin, long End)[] swapped = module.padding_type == TorchSharp.Padding.Same ? [.. padding.Reverse()] : padding;
            padded = PaddingWriters.Pad(graph, input, module.padding_mode, swapped);
            padding = new (long, long)[axes];
        }

        long[] shape = [input.Shape[0], module.out_channels, .. Enumerable.Range(0, axes).Select(i => OutputSize(i))];
        return graph.Node(
            "Conv",
            Inputs(module, graph, padded),
            shape,
            OnnxSetting.Of("dilations", module.dilation),
            OnnxSetting.Of("group", module.groups),
            OnnxSetting.Of("kernel_shape", module.kernel_size),
            OnnxSetting.Of("pads", [.. padding.Select(p => p.Begin), .. padding.Select(p => p.End)]),
            OnnxSetting.Of("strides", module.stride));

        long OutputSize(int i) => Windows.Count(
            graph, padded.Shape[2 + i], padding[i].Begin + padding[i].End, Windows.Span(module.kernel_size[i], module.dilation[i]), module.stride[i]);
    }

    /// <summary>A transposed convolution.</summary>
    public static OnnxValue Transposed(Convolution module, OnnxGraph graph, OnnxValue input)
    {
        int axes = module.kernel_size.Length;
        RequireChannels(module, graph, input, axes);
        long[] padding = module.padding ?? new long[axes];
        // TorchSharp's forward hands libtorch the first number alone, which libtorch then uses for every axis.
        long extra = module.output_padding[0];
        long[] shape = [input.Shape[0], module.out_channels, .. Enumerable.Range(0, axes).Select(i => input.Shape[2 + i] == OnnxValue.Free
            ? OnnxValue.Free
            : ((input.Shape[2 + i] - 1) * module.stride[i]) - (2 * padding[i]) + Windows.Span(module.kernel_size[i], module.dilation[i]) + extra)];
        graph.Require(shape.Skip(2).All(size => size is > 0 or OnnxValue.Free), $"makes nothing of {input.ShapeText}: its padding takes more than it gives.");
        return graph.Node(
            "ConvTranspose",
            Inputs(module, graph, input),
            shape,
            OnnxSetting.Of("dilations", module.dilation),
            OnnxSetting.Of("group", module.groups),
            OnnxSetting.Of("kernel_shape", module.kernel_size),
            OnnxSetting.Of("output_padding", Enumerable.Repeat(extra, axes)),
            OnnxSetting.Of("pads", [.. padding, .. padding]),
            OnnxSetting.Of("strides", module.stride));
    }

    private static (long Begin, long End)[] Padding(Convolution module) => module.padding_type switch
    {
        TorchSharp.Padding.Same => [.. module.kernel_size.Select((kernel, i) => module.dilation[i] * (kernel - 1)).Select(total => (total / 2, total - (total / 2)))],
        _ => [.. (module.padding ?? new long[module.kernel_size.Length]).Select(size => (size, size))],
    };

    private static OnnxValue[] Inputs(Convolution module, OnnxGraph graph, OnnxValue input)
    {
        OnnxValue weight = graph.Weight("weight", module.weight);
        return module.bias is { } bias ? [input, weight, graph.Weight("bias", bias)] : [input, weight];
    }

    private static void RequireChannels(Convolution module, OnnxGraph graph, OnnxValue input, int axes) => graph.Require(
        input.Rank == axes + 2 && input.Shape[1] == module.in_channels,
        $"takes [{OnnxNames.Batch}, {module.in_channels}{string.Concat(Enumerable.Repeat(", size", axes))}], but gets {input.ShapeText}.");

    private static OnnxValue[] Bias(Linear module, OnnxGraph graph) => module.bias is { } bias ? [graph.Weight("bias", bias)] : [];
}
