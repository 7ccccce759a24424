using System.CommandLine;
using System.Text;

namespace OnnxAE.Pipelines.Cli;

/// <summary>Options that take one of an enumeration's names, as <c>one-cycle</c> for <c>OneCycle</c>.</summary>
internal static class NamedChoice
{
    /// <summary>Makes such an option; upper and lower case are alike.</summary>
    public static Option<T?> Option<T>(string name, string description)
        where T : struct, Enum
    {
        Dictionary<string, T> choices = Enum.GetValues<T>().ToDictionary(NameOf, value => value, StringComparer.OrdinalIgnoreCase);
        string all = string.Join(", ", choices.Keys);
        return new Option<T?>(name)
        {
            Description = $"{description} One of: {all}.",
            HelpName = "NAME",
            CustomParser = result =>
            {
                if (choices.TryGetValue(result.Tokens[0].Value, out T value))
                {
                    return value;
                }

                result.AddError($"{name} must be one of {all}, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
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
