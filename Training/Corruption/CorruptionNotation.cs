using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxAE.Training;

/// <summary>Corruptions as text, for the command line, run files and the catalogue: <c>gaussian(0, 0.5) + masking(0.25)</c>.</summary>
public static partial class CorruptionNotation
{
    /// <summary>Reads the notation.</summary>
    /// <param name="text">
    /// One or more of <c>gaussian(mean, deviation)</c>, <c>masking(fraction)</c>, <c>salt-and-pepper(fraction)</c>,
    /// <c>affine(degrees, scale, shear, shift)</c> and <c>elastic(strength, cells)</c> joined by +; null, blank or <c>none</c> for clean images.
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

        ICorruption[] steps = [.. text.Split('+').Select(ParseStep)];
        return steps.Length == 1 ? steps[0] : new CorruptionChain(steps);
    }

    private static ICorruption ParseStep(string text)
    {
        Match match = Step().Match(text);
        double[] numbers = [.. match.Groups["number"].Captures.Select(c => double.Parse(c.Value, CultureInfo.InvariantCulture))];
        return (match.Groups["name"].Value.ToUpperInvariant(), numbers.Length) switch
        {
            ("GAUSSIAN", 2) => new GaussianNoise(numbers[0], numbers[1]),
            ("AFFINE", 4) => new RandomAffine(numbers[0], numbers[1], numbers[2], numbers[3]),
            ("ELASTIC", 2) when numbers[1] is >= int.MinValue and <= int.MaxValue && numbers[1] == (int)numbers[1] => new ElasticDeformation(numbers[0], (int)numbers[1]),
            ("SALT-AND-PEPPER", 1) => new SaltAndPepperNoise(numbers[0]),
            ("MASKING", 1) => new MaskingNoise(numbers[0]),
            _ => throw new FormatException(
                $"'{text.Trim()}' is not a corruption. Expected gaussian(mean, deviation), masking(fraction), salt-and-pepper(fraction), affine(degrees, scale, shear, shift) or elastic(strength, cells), several joined by +, or none."),
        };
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z-]+)\s*\(\s*(?<number>-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?)\s*(,\s*(?<number>-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?)\s*)*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
