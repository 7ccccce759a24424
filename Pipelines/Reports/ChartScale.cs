namespace OnnxAE.Pipelines;

/// <summary>Maps values to a stretch of the chart and chooses round numbers for its marks.</summary>
/// <param name="Minimum">Value at the start of the stretch, a multiple of <paramref name="Step"/>.</param>
/// <param name="Maximum">Value at its end.</param>
/// <param name="Step">Distance of two marks: 1, 2 or 5 times a power of ten.</param>
/// <param name="PixelStart">Where <paramref name="Minimum"/> is drawn.</param>
/// <param name="PixelEnd">Where <paramref name="Maximum"/> is drawn; may lie before the start, as upward axes do.</param>
internal sealed record ChartScale(double Minimum, double Maximum, double Step, double PixelStart, double PixelEnd)
{
    /// <summary>The marks, both ends included.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(0, (int)Math.Round((Maximum - Minimum) / Step) + 1).Select(i => Minimum + (i * Step));

    /// <summary>A scale whose marks are round and enclose all values.</summary>
    /// <param name="minimum">Smallest value shown.</param>
    /// <param name="maximum">Largest value shown.</param>
    /// <param name="marks">About how many steps there should be.</param>
    /// <param name="pixelStart">Where <see cref="Minimum"/> is drawn.</param>
    /// <param name="pixelEnd">Where <see cref="Maximum"/> is drawn; may lie before the start, as upward axes do.</param>
    public static ChartScale Enclosing(double minimum, double maximum, int marks, double pixelStart, double pixelEnd)
    {
        double range = maximum - minimum;
        if (range <= 0)
        {
            range = maximum != 0 ? Math.Abs(maximum) : 1; // a single value still gets an axis
        }

        double step = RoundUp(range / marks);
        double low = Math.Floor((minimum / step) + 1e-9) * step;
        double high = Math.Ceiling((maximum / step) - 1e-9) * step;
        return new ChartScale(low, high > low ? high : low + step, step, pixelStart, pixelEnd);
    }

    /// <summary>Where a value is drawn.</summary>
    public double this[double value] => PixelStart + ((value - Minimum) / (Maximum - Minimum) * (PixelEnd - PixelStart));

    private static double RoundUp(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double digit = step / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}

/// <summary>Maps positive values to a stretch of the chart by their logarithm.</summary>
/// <param name="Minimum">Value at the start of the stretch.</param>
/// <param name="Maximum">Value at its end, above <paramref name="Minimum"/>.</param>
/// <param name="PixelStart">Where <paramref name="Minimum"/> is drawn.</param>
/// <param name="PixelEnd">Where <paramref name="Maximum"/> is drawn; may lie before the start, as upward axes do.</param>
internal sealed record LogScale(double Minimum, double Maximum, double PixelStart, double PixelEnd)
{
    private static readonly double[] Digits = [1, 2, 5];

    /// <summary>Values to mark: 1, 2 and 5 times the powers of ten.</summary>
    public IEnumerable<double> Marks =>
        from power in Enumerable.Range((int)Math.Floor(Math.Log10(Minimum)), 1 + (int)Math.Ceiling(Math.Log10(Maximum / Minimum)) + 1)
        from digit in Digits
        let mark = digit * Math.Pow(10, power)
        where mark >= Minimum && mark <= Maximum
        select mark;

    /// <summary>Where a value is drawn; one outside at the nearer end.</summary>
    public double this[double value] =>
        PixelStart + (Math.Log(Math.Clamp(value, Minimum, Maximum) / Minimum) / Math.Log(Maximum / Minimum) * (PixelEnd - PixelStart));
}
