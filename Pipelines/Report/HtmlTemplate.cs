using System.Net;
using System.Text.RegularExpressions;

namespace OnnxAE.Pipelines.Report;

/// <summary>
/// A page with placeholders: <c>{{name}}</c> takes a text, escaped; <c>{{{name}}}</c> takes HTML as it is. What is put
/// in is not searched for placeholders again.
/// </summary>
internal sealed partial class HtmlTemplate(string template)
{
    /// <summary>Reads the template <paramref name="fileName"/> that is embedded in this assembly.</summary>
    public static HtmlTemplate FromResource(string fileName)
    {
        var assembly = typeof(HtmlTemplate).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The assembly holds no resource '{fileName}'.");
        using var reader = new StreamReader(stream);
        return new HtmlTemplate(reader.ReadToEnd());
    }

    /// <summary>Text made safe for elements and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Fills every placeholder.</summary>
    /// <exception cref="KeyNotFoundException">The template asks for a value that is not given.</exception>
    public string Render(IReadOnlyDictionary<string, string> values) => Placeholder().Replace(template, match =>
    {
        string value = values[match.Groups["name"].Value];
        return match.Value.StartsWith("{{{", StringComparison.Ordinal) ? value : Escape(value);
    });

    [GeneratedRegex(@"\{\{\{(?<name>\w+)\}\}\}|\{\{(?<name>\w+)\}\}")]
    private static partial Regex Placeholder();
}
