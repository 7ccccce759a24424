using System.Globalization;

namespace OnnxAE.Pipelines;

/// <summary>The classes by name: numbers in their order where all names are numbers, texts by their letters.</summary>
internal sealed class ClassList
{
    private readonly Dictionary<string, uint> keys;

    /// <param name="names">In the order of the keys, the first one 1.</param>
    public ClassList(IReadOnlyList<string> names)
    {
        Names = names;
        keys = names.Index().ToDictionary(name => name.Item, name => (uint)name.Index + 1, StringComparer.Ordinal);
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The classes that labels name.</summary>
    public static ClassList Of(IEnumerable<string?> labels)
    {
        string[] names = [.. labels.OfType<string>().Distinct(StringComparer.Ordinal)];
        return new ClassList(names.All(IsNumber)
            ? [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Labels as keys from 1; 0 for none.</summary>
    /// <exception cref="InvalidDataException">A label is of no class.</exception>
    public uint[] KeysOf(IReadOnlyList<string?> labels, string source) => [.. labels.Select((label, row) =>
        label is null ? 0
        : keys.TryGetValue(label, out uint key) ? key
        : throw new InvalidDataException($"'{source}' calls row {row + 1} '{label}', which the classifier never saw; its classes are {Shown()}."))];

    private string Shown()
    {
        const int most = 20;
        return string.Join(", ", Names.Take(most).Select(name => $"'{name}'")) + (Count > most ? $" and {Count - most} more" : "");
    }

    private static bool IsNumber(string name) => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
