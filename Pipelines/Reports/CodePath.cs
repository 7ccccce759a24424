namespace OnnxAE.Pipelines;

/// <summary>Ways from one code to another, both ends included.</summary>
internal static class CodePath
{
    /// <summary>The straight line.</summary>
    /// <param name="from">Where it starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="count">Points on it, at least 2.</param>
    public static IReadOnlyList<float[]> Linear(float[] from, float[] to, int count) =>
        Walk(count, share => (1 - share, share), from, to);

    /// <summary>
    /// The arc about the origin (Shoemake, 1985). Codes of many dimensions drawn from N(0, 1) lie near a sphere, which a straight
    /// line leaves (White, 2016, arXiv:1609.04468). Where the ends have the same or opposite directions, the straight line.
    /// </summary>
    /// <param name="from">Where it starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="count">Points on it, at least 2.</param>
    public static IReadOnlyList<float[]> Spherical(float[] from, float[] to, int count)
    {
        double dot = from.Zip(to, (a, b) => (double)a * b).Sum();
        double lengths = Math.Sqrt(from.Sum(a => (double)a * a) * to.Sum(b => (double)b * b));
        double angle = lengths > 0 ? Math.Acos(Math.Clamp(dot / lengths, -1, 1)) : 0;
        double sine = Math.Sin(angle);
        return sine > 1e-6
            ? Walk(count, share => (Math.Sin((1 - share) * angle) / sine, Math.Sin(share * angle) / sine), from, to)
            : Linear(from, to, count);
    }

    private static float[][] Walk(int count, Func<double, (double From, double To)> weights, float[] from, float[] to) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            (double a, double b) = weights((double)i / (count - 1));
            return from.Zip(to, (x, y) => (float)((a * x) + (b * y))).ToArray();
        }),
    ];
}

/// <summary>Which ways from one code to another are shown.</summary>
internal enum PathShape
{
    /// <summary>A row of each.</summary>
    Both,

    /// <summary>The straight line.</summary>
    Linear,

    /// <summary>The arc about the origin.</summary>
    Spherical,
}
