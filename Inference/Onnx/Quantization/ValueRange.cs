namespace OnnxAE.Inference;

/// <summary>The range that the 256 steps of a byte are spread over; 0 lies in it and on a step.</summary>
/// <param name="Scale">The width of a step.</param>
/// <param name="ZeroPoint">The byte that means 0.</param>
internal readonly record struct ValueRange(float Scale, byte ZeroPoint)
{
    // Narrower ranges would make a scale whose product with that of the weights is no normal float.
    private const float Narrowest = 1e-12f;

    /// <summary>The range from a number to another; it is widened to hold 0.</summary>
    public static ValueRange Of(double smallest, double largest)
    {
        smallest = Math.Min(0, smallest);
        float scale = Math.Max((float)((Math.Max(0, largest) - smallest) / byte.MaxValue), Narrowest);
        return new(scale, (byte)Math.Clamp(Math.Round(-smallest / scale), 0, byte.MaxValue));
    }

    /// <summary>What a number becomes on its way through a byte.</summary>
    public double Round(double value) => (Math.Clamp(Math.Round(value / Scale) + ZeroPoint, 0, byte.MaxValue) - ZeroPoint) * Scale;
}
