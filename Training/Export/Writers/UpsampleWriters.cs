using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Larger pictures by repeating or by interpolating.</summary>
internal static class UpsampleWriters
{
    /// <summary>Writes an Upsample; sizes are those of the axes behind batch and channels.</summary>
    public static OnnxValue Upsample(Upsample module, OnnxGraph graph, OnnxValue input)
    {
        int axes = input.Rank - 2;
        graph.Require(axes is 1 or 2, $"enlarges {input.ShapeText}, expected batch, channels and one or two dimensions more.");
        graph.Require(input.Shape.Skip(2).All(size => size != OnnxValue.Free), $"needs fixed sizes behind batch and channels, but gets {input.ShapeText}.");
        long[] from = [.. input.Shape.Skip(2)];
        double[]? factors = module.scale_factor.Length == 0 ? null : Spread(module.scale_factor.ToArray(), axes);
        long[] to = factors is null
            ? Spread(module.size.ToArray(), axes)
            : [.. from.Select((size, i) => (long)Math.Floor(size * factors[i]))];
        graph.Require(to.Length == axes && to.All(size => size > 0), $"makes sizes [{string.Join(", ", to)}] of {input.ShapeText}.");
        if (module.recompute_scale_factor == true)
        {
            factors = null; // libtorch then goes by the sizes alone
        }

        return module.mode switch
        {
            UpsampleMode.Nearest => Nearest(graph, input, from, to, factors),
            UpsampleMode.Linear when axes == 1 => Linear(),
            UpsampleMode.Bilinear when axes == 2 => Interpolated(input, to, factors, "linear"),
            UpsampleMode.Bicubic when axes == 2 => Interpolated(input, to, factors, "cubic"),
            _ => throw graph.Error($"enlarges {input.ShapeText} by {module.mode}, expected Nearest, or Linear, Bilinear or Bicubic for their dimensions."),
        };

        // As pictures of one line: ONNX Runtime interpolates three dimensions between rows of the batch too, by nothing, but a
        // NaN times nothing is a NaN.
        OnnxValue Linear()
        {
            OnnxValue lines = Interpolated(graph.Reshape(input, input.Shape[0], input.Shape[1], 1, from[0]), [1, to[0]], factors is null ? null : [1, factors[0]], "linear");
            return graph.Reshape(lines, input.Shape[0], input.Shape[1], to[0]);
        }

        OnnxValue Interpolated(OnnxValue value, long[] sizes, double[]? scales, string mode) => Resize(
            graph, value, sizes, scales, OnnxSetting.Of("coordinate_transformation_mode", module.align_corners == true ? "align_corners" : "half_pixel"), OnnxSetting.Of("cubic_coeff_a", -0.75), OnnxSetting.Of("mode", mode));
    }

    // Where every number is repeated as often as the next, Resize does it. Elsewhere which number is nearest hangs on the
    // last bit of a float, so the places are computed here as libtorch computes them, and gathered.
    private static OnnxValue Nearest(OnnxGraph graph, OnnxValue input, long[] from, long[] to, double[]? factors)
    {
        long[][] places = [.. from.Select((size, i) => NearestPlaces(size, to[i], factors?[i]))];
        if (places.Select((place, i) => to[i] % from[i] == 0 && place.Select((p, j) => p == j / (to[i] / from[i])).All(isRepeated => isRepeated)).All(isRepeated => isRepeated))
        {
            return Resize(
                graph, input, to, null, OnnxSetting.Of("coordinate_transformation_mode", "asymmetric"), OnnxSetting.Of("mode", "nearest"), OnnxSetting.Of("nearest_mode", "floor"));
        }

        OnnxValue value = input;
        for (int i = 0; i < places.Length; i++)
        {
            long[] shape = [.. value.Shape];
            shape[2 + i] = to[i];
            value = graph.Node("Gather", [value, graph.Vector("places", places[i])], shape, OnnxSetting.Of("axis", 2 + i));
        }

        return value;
    }

    // aten/src/ATen/native/UpSample.h, nearest_neighbor_compute_source_index: all in floats.
    private static long[] NearestPlaces(long from, long to, double? factor)
    {
        float step = factor is { } known ? (float)(1 / known) : (float)from / to;
        return [.. Enumerable.Range(0, (int)to).Select(place => Math.Min((long)MathF.Floor(place * step), from - 1))];
    }

    // By factors where they give no whole sizes, since libtorch then interpolates by the factors and not by the sizes.
    private static OnnxValue Resize(OnnxGraph graph, OnnxValue input, long[] to, double[]? factors, params OnnxSetting[] attributes)
    {
        long[] shape = [.. input.Shape.Take(2), .. to];
        if (factors is null || factors.Select((factor, i) => factor * input.Shape[2 + i]).All(double.IsInteger))
        {
            // Sizes of batch and channels must be given too; a free batch has none, so the sizes are given as factors.
            factors = [.. to.Select((size, i) => (double)size / input.Shape[2 + i])];
        }

        float[] scales = [1, 1, .. factors.Select((factor, i) => Nudge((float)factor, input.Shape[2 + i], to[i]))];
        return graph.Node("Resize", [input, null, graph.Constant("scales", scales, scales.Length)], shape, attributes);
    }

    // The nearest float that gives the size: a reader of the file computes it as the whole part of size · factor, ONNX
    // Runtime in floats and the shape inference of ONNX in doubles.
    private static float Nudge(float factor, long from, long to)
    {
        while ((long)(from * (double)factor) < to)
        {
            factor = MathF.BitIncrement(factor);
        }

        while ((long)(from * (double)factor) > to || (long)(from * factor) > to)
        {
            factor = MathF.BitDecrement(factor);
        }

        return factor;
    }

    private static T[] Spread<T>(T[] given, int axes) => given.Length == 1 ? [.. Enumerable.Repeat(given[0], axes)] : given;
}
