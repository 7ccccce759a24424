using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Arguments and options that several commands take.</summary>
internal static class CliOptions
{
    /// <summary>The run folder that a command works on.</summary>
    public static Argument<string> Run() => new("RUN") { Description = "Run folder, for example runs/demo-fashion-mnist." };

    /// <summary>The option <c>--data</c> of the commands that take one data set or a folder of one; <c>--dataset</c> is understood too.</summary>
    public static Option<string?> Data(string description) => new("--data", "--dataset") { Description = description, HelpName = "NAME|FOLDER" };

    /// <summary>An option of a whole number.</summary>
    public static Option<int> Number(string name, string description, int usual, string helpName = "N") =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => usual };

    /// <summary>An option of a whole number that may be left away.</summary>
    public static Option<int?> Number(string name, string description) => new(name) { Description = description, HelpName = "N" };

    /// <summary>The option <c>--seed</c>.</summary>
    public static Option<int> Seed(string description, int usual = 1) => Number("--seed", description, usual).RequireAtLeast(0);

    /// <summary>The option <c>--out</c> of a file that is replaced where it exists; required where there is no usual one.</summary>
    public static Option<string> WrittenFile(string description = "File to write", string? usual = null) => new("--out")
    {
        Description = $"{description}; an existing one is replaced.",
        HelpName = "FILE",
        Required = usual is null,
        DefaultValueFactory = usual is null ? null : _ => usual,
    };

    /// <summary>The option <c>--out</c> of a run folder that must not exist.</summary>
    /// <param name="usual">How the folder is called where none is named.</param>
    public static Option<string?> WrittenRun(string usual) =>
        new("--out") { Description = $"Run folder to write; it must not exist. [default: runs/{usual}]", HelpName = "RUN" };

    /// <summary>The folder of a run that has no name: <c>runs/PREFIX-DATA</c>.</summary>
    public static string UsualRun(string prefix, string data) =>
        Path.Combine("runs", $"{prefix}-{Path.GetFileName(Path.TrimEndingDirectorySeparator(data))}");

    /// <summary>What <c>--pixels</c> does; commands add what happens without it.</summary>
    public static Option<BytePixels?> Pixels(string usual) => NamedChoice.Option<BytePixels>(
        "--pixels", $"Scale of pixels. unit: divide by 255. raw: use bytes as numbers. keep: bytes by the model's own range, numbers as they are. [default: {usual}]");

    /// <summary>Refuses a file to write whose folder isn't there.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    public static void RequireFolderOf(string option, string path)
    {
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"The folder of {option} '{path}' does not exist; create '{folder}' first.");
        }
    }

    /// <summary>Reads a notation; a text that is none is a wrong command line.</summary>
    public static T Read<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    /// <summary>Reads pairs of names, as <c>a=b</c>.</summary>
    /// <param name="option">What the option is called.</param>
    /// <param name="values">As they were given.</param>
    /// <param name="form">How a pair is written, for the message.</param>
    /// <exception cref="UsageException">One of them is no pair, or a name is given twice.</exception>
    public static Dictionary<string, string> ParsePairs(string option, IEnumerable<string> values, string form = "old=new")
    {
        Dictionary<string, string> pairs = [];
        foreach (string value in values)
        {
            if (value.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } other])
            {
                throw new UsageException($"{option} '{value}' is no pair of names; write it as {option} {form}.");
            }

            if (!pairs.TryAdd(name, other))
            {
                throw new UsageException($"{option} names '{name}' twice.");
            }
        }

        return pairs;
    }
}

/// <summary>Numbers on the command line: which texts are numbers, and which numbers an option takes.</summary>
internal static class NumberOptions
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Refuses a smaller number with a sentence.</summary>
    public static Option<T> RequireAtLeast<T>(this Option<T> option, int minimum) => option.Require($"{minimum} or more", value => value >= minimum);

    /// <summary>Refuses a number outside a range with a sentence.</summary>
    public static Option<T> RequireBetween<T>(this Option<T> option, int minimum, int maximum) =>
        option.Require($"between {minimum} and {maximum}", value => value >= minimum && value <= maximum);

    /// <summary>Refuses what is no share of a whole with a sentence.</summary>
    public static Option<T> RequireShare<T>(this Option<T> option) => option.Require("above 0 and at most 1", value => value is > 0 and <= 1);

    /// <summary>Refuses numbers for which something does not hold.</summary>
    /// <param name="option">An option of one number or several.</param>
    /// <param name="rule">What numbers must be, for the sentence.</param>
    /// <param name="holds">Whether a number is so.</param>
    public static Option<T> Require<T>(this Option<T> option, string rule, Func<double, bool> holds)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(text => Read(text) is { } value && !holds(value)) is { } wrong)
            {
                result.AddError($"{option.Name} must be {rule}, not {wrong}.");
            }
        });
        return option;
    }

    /// <summary>Says which number of an option is none: the parser itself takes a decimal comma for nothing at all, and 0,5 for 5.</summary>
    /// <returns>A sentence; null where all are numbers, and for options of other types.</returns>
    public static string? FindFault(OptionResult result)
    {
        Type type = result.Option.ValueType.GetElementType() ?? result.Option.ValueType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        bool isWhole = type == typeof(int);
        if (!isWhole && type != typeof(double))
        {
            return null;
        }

        string? wrong = result.Tokens.Select(token => token.Value).FirstOrDefault(text => isWhole ? !IsWhole(text) : Read(text) is null);
        string expected = isWhole ? $"a whole number up to {int.MaxValue:N0}" : "a number";
        return wrong is null ? null
            : $"{result.Option.Name} must be {expected}, not '{wrong}'{(wrong.Contains(',', StringComparison.Ordinal) ? "; the decimal mark is a point" : "")}";
    }

    private static bool IsWhole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static double? Read(string text) =>
        double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}

/// <summary>Options that take one of an enumeration's names, as <c>one-cycle</c> for <c>OneCycle</c>.</summary>
internal static partial class NamedChoice
{
    /// <summary>Makes such an option; upper and lower case are alike.</summary>
    public static Option<T?> Option<T>(string name, string description)
        where T : struct, Enum
    {
        Dictionary<string, T> choices = ChoicesOf<T>();
        return new Option<T?>(name)
        {
            Description = WithNames(description, $"One of: {string.Join(", ", choices.Keys)}."),
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
            Description = WithNames(description, $"Of: {string.Join(", ", choices.Keys)}."),
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.Select(token => Parse(choices, name, token.Value, result.AddError)).OfType<T>()],
        };
    }

    // The names stand before the default, which ends every description that has one.
    private static string WithNames(string description, string names) =>
        description.Split(" [default: ") is [var text, var usual] ? $"{text} {names} [default: {usual}" : $"{description} {names}";

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
        where T : struct, Enum => NewWord().Replace(value.ToString(), "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z][a-z])")]
    private static partial Regex NewWord();
}
