using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxAE.Training;

/// <summary>What the notations of losses and corruptions share: terms such as <c>name(0.5, 1e-3)</c>, joined by +.</summary>
internal static partial class TermNotation
{
    private const string Number = @"\s*(?<number>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\s*";

    /// <summary>Reads terms.</summary>
    /// <returns>A term's text, its name in upper case and its numbers; an empty name where it is no term.</returns>
    public static IEnumerable<(string Text, string Name, double[] Numbers)> Read(string text) => Plus().Split(text).Select(term =>
    {
        Match match = Term().Match(term);
        double[] numbers = [.. match.Groups["number"].Captures.Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];
        return (term.Trim(), match.Groups["name"].Value.ToUpperInvariant(), numbers);
    });

    // A plus sign between terms, not one inside a number such as 1e+3.
    [GeneratedRegex(@"\+(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Plus();

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z][A-Za-z0-9-]*)\s*(\(" + Number + "(," + Number + @")*\))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
