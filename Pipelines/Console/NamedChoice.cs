using System.CommandLine;
using System.Text;

namespace OnnxAE.Pipelines;

/// <summary>Options that take one of an enumeration's names, as <c>one-cycle</c> for <c>OneCycle</c>.</summary>
internal static class NamedChoice
{
    /// <summary>Makes such an option; upper and lower case are alike.</summary>
    public static Option<T?> Option<T>(string name, string description)
        where T : struct, Enum
    {
        Dictionary<string, T> choices = ChoicesOf<T>();
        return new Option<T?>(name)
        {
            Description = $"{description} One of: {string.Join(", ", choices.Keys)}.",
            HelpName = "NAME",
            CustomParser = result => Parse(choices, name, result.Tokens[0].Value, result.AddError),
        };
    }

    /// <summary>Makes an option that takes several of the names.</summary>
    public static Option<T[]> Many<T>(string name, string description)
        where T : struct, Enum
    {
        Dictionary<string, T> choices = ChoicesOf<T>();
        return new Option<T[]>(name)
        {
            Description = $"{description} Of: {string.Join(", ", choices.Keys)}.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token => Parse(choices, name, token.Value, result.AddError)).OfType<T>()],
        };
    }

    private static Dictionary<string, T> ChoicesOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(NameOf, value => value, StringComparer.OrdinalIgnoreCase);

    private static T? Parse<T>(Dictionary<string, T> choices, string name, string text, Action<string> addError)
        where T : struct, Enum
    {
        if (choices.TryGetValue(text, out T value))
        {
            return value;
        }

        addError($"{name} must be one of {string.Join(", ", choices.Keys)}, not '{text}'.");
        return null;
    }

    // A hyphen where a new word begins: OneCycle, but not RMSprop or AdamW.
    private static string NameOf<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && i < name.Length - 1 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]) && char.IsLower(name[i + 1]))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
