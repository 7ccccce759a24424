namespace OnnxAE.Inference;

/// <summary>Which columns of a table are features, label and kept ones.</summary>
public sealed record TableOptions
{
    /// <summary>
    /// The features: names set apart by commas, <c>first..last</c> for a range in the order of the file, <c>-name</c> for all but that
    /// one. Null for all but the label and the kept ones.
    /// </summary>
    public string? Columns { get; init; }

    /// <summary>The column of classes; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>Columns that are carried along as text.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];
}

/// <summary>Finds the columns of a table by the notation of <see cref="TableOptions.Columns"/>.</summary>
internal static class ColumnSelection
{
    /// <summary>Places of the features among all columns, in the order of the file.</summary>
    /// <exception cref="ArgumentException">There is no such column, the notation is wrong, or nothing is left.</exception>
    public static IReadOnlyList<int> Features(IReadOnlyList<string> names, TableOptions options)
    {
        HashSet<int> special = [.. options.Kept.Append(options.Label).OfType<string>().Select(name => Find(names, name))];
        string[] parts = options.Columns?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        List<(bool IsLeftOut, IEnumerable<int> Columns)> terms = [.. parts.Select(part => Parse(names, part))];
        bool isAllBut = terms.TrueForAll(term => term.IsLeftOut);
        HashSet<int> chosen = isAllBut ? [.. Enumerable.Range(0, names.Count).Where(i => !special.Contains(i))] : [];
        foreach ((bool isLeftOut, IEnumerable<int> columns) in terms.OrderBy(term => term.IsLeftOut)) // what is left out wins
        {
            if (isLeftOut)
            {
                chosen.ExceptWith(columns);
            }
            else
            {
                chosen.UnionWith(columns);
            }
        }

        if (options.Label is { } label && chosen.Contains(Find(names, label)))
        {
            throw new ArgumentException($"Found '{label}' both as the label and among the features, expected one of them: leave it out with -{label}.");
        }

        return chosen.Count > 0 ? [.. chosen.Order()] : throw new ArgumentException("Found no column left for the features, expected at least one.");
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static int Find(IReadOnlyList<string> names, string name)
    {
        int index = names.ToList().IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"Found no column '{name}', expected one of {List(names)}.");
    }

    private static (bool IsLeftOut, IEnumerable<int> Columns) Parse(IReadOnlyList<string> names, string part)
    {
        if (names.Contains(part)) // a name may hold dots or begin with a minus sign
        {
            return (false, [Find(names, part)]);
        }

        bool isLeftOut = part.StartsWith('-');
        string range = isLeftOut ? part[1..] : part;
        int dots = names.Contains(range) ? -1 : range.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return (isLeftOut, [Find(names, range)]);
        }

        int first = Find(names, range[..dots].Trim());
        int last = Find(names, range[(dots + 2)..].Trim());
        return first <= last ? (isLeftOut, Enumerable.Range(first, last - first + 1))
            : throw new ArgumentException($"Found the range '{range}', expected its first column before its last one in the file.");
    }

    private static string List(IReadOnlyList<string> names)
    {
        const int Shown = 30;
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown:N0} more" : "");
    }
}
