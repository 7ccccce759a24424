using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace OnnxAE.Pipelines;

/// <summary>Codes on a square grid over two dimensions, all other dimensions 0.</summary>
internal static class LatentGrid
{
    private const double Edge = 0.05; // the tails beyond these quantiles hold a tenth of a dimension's codes

    /// <summary>
    /// Quantiles of N(0, 1) at equal steps of probability: the grid is dense where a variational network's codes are (Kingma and
    /// Welling, 2014, appendix A).
    /// </summary>
    /// <param name="count">Values, at least 2.</param>
    public static double[] Quantiles(int count) => [.. Generate.LinearSpaced(count, Edge, 1 - Edge).Select(p => Normal.InvCDF(0, 1, p))];

    /// <summary>Values at equal distances between minus and plus a limit. Document 004 has 15, far outside of what N(0, 1) covers.</summary>
    /// <param name="count">Values, at least 2.</param>
    /// <param name="limit">The largest.</param>
    public static double[] Even(int count, double limit) => Generate.LinearSpaced(count, -limit, limit);

    /// <summary>The codes, row by row as a picture is read: the first dimension grows to the right, the second upwards, as in a scatter plot.</summary>
    /// <param name="values">The values along each side, growing.</param>
    /// <param name="codeSize">Numbers a code.</param>
    /// <param name="right">The dimension that grows to the right.</param>
    /// <param name="up">The dimension that grows upwards.</param>
    public static IReadOnlyList<float[]> Codes(double[] values, int codeSize, int right, int up) =>
    [
        .. from y in values.Reverse()
           from x in values
           select Code(codeSize, (right, x), (up, y)),
    ];

    /// <summary>Reads two dimensions of a code, as <c>I,J</c>.</summary>
    /// <exception cref="UsageException">The text is no pair of different dimensions of the code.</exception>
    public static (int Right, int Up) ParseDimensions(string text, int codeSize)
    {
        string[] parts = text.Split(',');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int second)
            && first != second && first < codeSize && second < codeSize)
        {
            return (first, second);
        }

        throw new UsageException(
            $"--dimensions '{text}' are not two different dimensions of a code of {codeSize}; expected two from 0 to {codeSize - 1}, such as 0,1.");
    }

    private static float[] Code(int size, params (int Dimension, double Value)[] set)
    {
        var code = new float[size];
        foreach ((int dimension, double value) in set)
        {
            code[dimension] = (float)value;
        }

        return code;
    }
}

/// <summary>What many codes have in common, dimension by dimension.</summary>
/// <param name="Mean">The mean code.</param>
/// <param name="Maximum">The largest value of each dimension.</param>
internal sealed record CodeStatistics(float[] Mean, float[] Maximum)
{
    /// <summary>Measures codes.</summary>
    /// <param name="codes">At least one.</param>
    public static CodeStatistics Of(IReadOnlyList<float[]> codes)
    {
        int size = codes[0].Length;
        var sum = new double[size];
        var maximum = new float[size];
        Array.Fill(maximum, float.NegativeInfinity);
        foreach (float[] code in codes)
        {
            for (int d = 0; d < size; d++)
            {
                sum[d] += code[d];
                maximum[d] = Math.Max(maximum[d], code[d]);
            }
        }

        return new CodeStatistics([.. sum.Select(s => (float)(s / codes.Count))], maximum);
    }

    /// <summary>The mean code, then the mean code with each dimension in turn at its maximum: what document 002 decodes.</summary>
    public IReadOnlyList<float[]> Explore() =>
        [Mean, .. Maximum.Select((value, dimension) => Mean.Select((mean, d) => d == dimension ? value : mean).ToArray())];
}
