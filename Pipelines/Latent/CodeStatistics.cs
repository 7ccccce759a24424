namespace OnnxAE.Pipelines;

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
