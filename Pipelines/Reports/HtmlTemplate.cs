using System.Net;
using System.Text.RegularExpressions;

namespace OnnxAE.Pipelines;

/// <summary>
/// A page with placeholders: <c>{{name}}</c> takes a text, escaped; <c>{{{name}}}</c> takes HTML as it is. What is put
/// in is not searched for placeholders again.
/// </summary>
internal sealed partial class HtmlTemplate(string template)
{
    /// <summary>The style that all pages share.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>Reads the template <paramref name="fileName"/> that is embedded in this assembly.</summary>
    public static HtmlTemplate FromResource(string fileName) => new(Read(fileName));

    /// <summary>Text made safe for elements and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Fills every placeholder.</summary>
    /// <exception cref="KeyNotFoundException">The template asks for a value that is not given.</exception>
    public string Render(IReadOnlyDictionary<string, string> values) => Placeholder().Replace(template, match =>
    {
        string value = values[match.Groups["name"].Value];
        return match.Value.StartsWith("{{{", StringComparison.Ordinal) ? value : Escape(value);
    });

    private static string Read(string fileName)
    {
        using Stream stream = typeof(HtmlTemplate).Assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"The assembly holds no resource '{fileName}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{\{(?<name>\w+)\}\}\}|\{\{(?<name>\w+)\}\}")]
    private static partial Regex Placeholder();
}
