using System.CommandLine;

namespace OnnxAE.Pipelines;

/// <summary>Ranges of numbers on the command line.</summary>
internal static class OptionRanges
{
    /// <summary>Refuses a smaller number with a sentence.</summary>
    public static void RequireAtLeast<T>(this Option<T> option, int minimum) => option.Validators.Add(result =>
    {
        // A token that is no number at all has an error of its own.
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value < minimum)
        {
            result.AddError($"{option.Name} must be {minimum} or more, not {value}.");
        }
    });

    /// <summary>Refuses a number outside a range with a sentence.</summary>
    public static void RequireBetween(this Option<int> option, int minimum, int maximum) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && (value < minimum || value > maximum))
        {
            result.AddError($"{option.Name} must lie between {minimum} and {maximum}, not {value}.");
        }
    });
}
