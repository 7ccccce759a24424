namespace Microsoft.ML.Trainers;

/// <summary>log(sum(exp(x))) without overflow; terms that cannot change a single are left out.</summary>
internal static class LogSumExp
{
    // 2^-30 relative to the largest term is below the precision of a single.
    private const float Cutoff = 30;

    public static float Of(ReadOnlySpan<float> values)
    {
        int largest = 0;
        float max = float.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > max)
                (largest, max) = (i, values[i]);
        }
        if (float.IsNegativeInfinity(max) || values.Length == 1)
            return max;

        double rest = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i != largest && values[i] > max - Cutoff)
                rest += Math.Exp(values[i] - max);
        }
        return (float)(max + Math.Log(1 + rest));
    }
}
