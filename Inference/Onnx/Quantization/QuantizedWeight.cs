using System.Numerics.Tensors;

namespace OnnxAE.Inference;

/// <summary>Weights as integers, symmetric around 0, with a scale for every output channel.</summary>
/// <param name="Values">The integers, in the weights' own order.</param>
/// <param name="Scales">One a channel.</param>
/// <param name="Bias">The bias in steps of input scale · weight scale, as it is added to the sums of products; empty without one.</param>
internal sealed record QuantizedWeight(sbyte[] Values, float[] Scales, int[] Bias)
{
    private const int Full = 127;
    private const int Reduced = 64;
    private const double BiasRoom = 1 << 30; // of the 31 bits; the sums need the rest
    private const double Smallest = 1e-12;

    /// <summary>Rounds weights.</summary>
    /// <param name="weights">[before, channels, behind], row-major.</param>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="behind">Numbers of a channel that lie one behind the other: 1 where the channel is the last axis.</param>
    /// <param name="bias">A number a channel, or none.</param>
    /// <param name="inputScale">The scale of what is multiplied with them.</param>
    /// <param name="reduceRange">Whether to use 7 bits.</param>
    public static QuantizedWeight Of(float[] weights, int channels, int behind, float[] bias, float inputScale, bool reduceRange)
    {
        int largest = reduceRange ? Reduced : Full;
        double[] extremes = new double[channels];
        for (int start = 0; start < weights.Length; start += behind)
        {
            int channel = start / behind % channels;
            extremes[channel] = Math.Max(extremes[channel], Math.Abs(TensorPrimitives.MaxMagnitude(weights.AsSpan(start, behind))));
        }

        // A channel of next to no weights but with a bias needs a scale that the bias fits into.
        float[] scales = [.. extremes.Select((e, c) => (float)Math.Max(
            Math.Max(e / largest, Smallest), bias.Length > 0 ? Math.Abs(bias[c]) / (inputScale * BiasRoom) : 0))];
        sbyte[] values = new sbyte[weights.Length];
        for (int i = 0; i < weights.Length; i++)
            values[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[i / behind % channels]), -largest, largest);
        return new(values, scales, [.. bias.Select((b, c) => checked((int)Math.Round(b / ((double)inputScale * scales[c]))))]);
    }
}
