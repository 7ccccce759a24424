using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>Writes a term.</summary>
    public static string Write(string name, params IReadOnlyList<double> numbers) => numbers.Count == 0
        ? name
        : $"{name}({string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";

    // A plus sign between terms, not one inside a number such as 1e+3.
    [GeneratedRegex(@"\+(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Plus();

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z][A-Za-z0-9-]*)\s*(\(" + Number + "(," + Number + @")*\))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}

/// <summary>A loss or a corruption in JSON: a string in its notation.</summary>
/// <param name="parse">Reads the notation.</param>
internal sealed class NotationJsonConverter<T>(Func<string, T?> parse) : JsonConverter<T>
    where T : class
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return parse(reader.GetString()!);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
