namespace OnnxAE.Training;

/// <summary>Corruptions as text, for the command line, run files and the catalogue: <c>gaussian(0, 0.5) + masking(0.25)</c>.</summary>
public static class CorruptionNotation
{
    private const string Expected =
        "Expected gaussian(mean, deviation), masking(fraction), salt-and-pepper(fraction), affine(degrees, scale, shear, shift, aspect), elastic(strength, cells), "
        + "mirror(share), stroke(thicker share, thinner share), cutout(share, least side, most side), gamma(limit) or gain(least, most), several joined by +, or none; "
        + "the aspect may be left out.";

    /// <summary>Reads the notation.</summary>
    /// <param name="text">
    /// One or more of <c>gaussian(mean, deviation)</c>, <c>masking(fraction)</c>, <c>salt-and-pepper(fraction)</c>,
    /// <c>affine(degrees, scale, shear, shift)</c>, the same with an aspect behind, <c>elastic(strength, cells)</c>,
    /// <c>mirror(share)</c>, <c>stroke(thicker, thinner)</c>, <c>cutout(share, least, most)</c>, <c>gamma(limit)</c> and
    /// <c>gain(least, most)</c> joined by +; null, blank or <c>none</c> for clean images.
    /// </param>
    /// <returns>The corruption, or null for none.</returns>
    /// <exception cref="FormatException">The text is none of these.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ICorruption? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        ICorruption[] steps = [.. TermNotation.Read(text).Select(Create)];
        return steps.Length == 1 ? steps[0] : new CorruptionChain(steps);
    }

    private static ICorruption Create((string Text, string Name, double[] Numbers) step) => (step.Name, step.Numbers) switch
    {
        ("GAUSSIAN", [var mean, var deviation]) => new GaussianNoise(mean, deviation),
        ("SALT-AND-PEPPER", [var fraction]) => new SaltAndPepperNoise(fraction),
        ("MASKING", [var fraction]) => new MaskingNoise(fraction),
        ("AFFINE", [var degrees, var scale, var shear, var shift]) => new RandomAffine(degrees, scale, shear, shift),
        ("AFFINE", [var degrees, var scale, var shear, var shift, var aspect]) => new RandomAffine(degrees, scale, shear, shift, aspect),
        ("ELASTIC", [var strength, var cells]) when IsWhole(cells) => new ElasticDeformation(strength, (int)cells),
        ("MIRROR", [var share]) => new Mirror(share),
        ("STROKE", [var thicker, var thinner]) => new StrokeWidth(thicker, thinner),
        ("CUTOUT", [var share, var least, var most]) when IsWhole(least) && IsWhole(most) => new CutOut(share, (int)least, (int)most),
        ("GAMMA", [var limit]) => new RandomGamma(limit),
        ("GAIN", [var least, var most]) => new RandomGain(least, most),
        _ => throw new FormatException($"'{step.Text}' is not a corruption. {Expected}"),
    };

    private static bool IsWhole(double number) => number is >= int.MinValue and <= int.MaxValue && number == (int)number;
}
