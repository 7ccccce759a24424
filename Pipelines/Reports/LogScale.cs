namespace OnnxAE.Pipelines;

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
