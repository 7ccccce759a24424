using TorchSharp;
using TorchSharp.Modules;

namespace OnnxAE.Training;

/// <summary>Padding by other values than a convolution's own zeros.</summary>
internal static class PaddingWriters
{
    /// <summary>A padding module: its numbers are those of the last axis first.</summary>
    public static OnnxValue Module(PadBase module, OnnxGraph graph, OnnxValue input, PaddingModes mode)
    {
        (long, long)[] padding = [.. module.padding.Chunk(2).Select(pair => (pair[0], pair[1])).Reverse()];
        graph.Require(input.Rank == padding.Length + 2, $"pads {padding.Length} dimensions, but gets {input.ShapeText}: expected batch, channels and {padding.Length} more.");
        return Pad(graph, input, mode, padding, module.value);
    }

    /// <summary>Pads the axes behind batch and channels.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="input">What to pad.</param>
    /// <param name="mode">By what.</param>
    /// <param name="padding">Before and behind, one pair an axis, in the order of the axes.</param>
    /// <param name="value">The number of a constant padding.</param>
    public static OnnxValue Pad(OnnxGraph graph, OnnxValue input, PaddingModes mode, IReadOnlyList<(long Begin, long End)> padding, double value = 0)
    {
        if (padding.All(p => p is (0, 0)))
        {
            return input;
        }

        if (mode == PaddingModes.Circular)
        {
            return Circular(graph, input, padding);
        }

        int leading = input.Rank - padding.Count;
        long[] shape = [.. input.Shape.Take(leading), .. padding.Select((p, i) => Grown(input.Shape[leading + i], p))];
        graph.Require(shape.All(size => size is > 0 or OnnxValue.Free), $"crops {input.ShapeText} to nothing.");
        graph.Require(
            mode != PaddingModes.Reflect || padding.Select((p, i) => (Larger: Math.Max(p.Begin, p.End), Size: input.Shape[leading + i])).All(p => p.Size == OnnxValue.Free || p.Larger < p.Size),
            $"mirrors more numbers than {input.ShapeText} has.");
        long[] zeros = new long[leading];
        OnnxValue pads = graph.Vector("pads", [.. zeros, .. padding.Select(p => p.Begin), .. zeros, .. padding.Select(p => p.End)]);
        bool isConstant = mode is PaddingModes.Zeros or PaddingModes.Constant;
        return graph.Node("Pad", isConstant ? [input, pads, graph.Scalar(value)] : [input, pads], shape, OnnxSetting.Of("mode", mode switch
        {
            PaddingModes.Reflect => "reflect",
            PaddingModes.Replicate => "edge",
            _ => "constant",
        }));
    }

    // ONNX has a mode for it since opset 19 only: the end, the whole, the beginning, axis by axis.
    private static OnnxValue Circular(OnnxGraph graph, OnnxValue input, IReadOnlyList<(long Begin, long End)> padding)
    {
        OnnxValue padded = input;
        for (int i = 0; i < padding.Count; i++)
        {
            int axis = input.Rank - padding.Count + i;
            (long begin, long end) = padding[i];
            long size = input.Shape[axis];
            graph.Require(size != OnnxValue.Free, $"pads {input.ShapeText} in a circle, which needs a fixed size along axis {axis}.");
            graph.Require(begin >= 0 && end >= 0 && begin <= size && end <= size, $"pads {input.ShapeText} in a circle by more numbers than there are.");
            List<OnnxValue> parts = [padded];
            if (begin > 0)
            {
                parts.Insert(0, graph.Slice(padded, axis, size - begin, size));
            }

            if (end > 0)
            {
                parts.Add(graph.Slice(padded, axis, 0, end));
            }

            padded = parts.Count == 1 ? padded : graph.Concat(parts, axis);
        }

        return padded;
    }

    private static long Grown(long size, (long Begin, long End) padding) => size == OnnxValue.Free ? OnnxValue.Free : size + padding.Begin + padding.End;
}
