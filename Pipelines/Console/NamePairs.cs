namespace OnnxAE.Pipelines;

/// <summary>Pairs of names as options give them: <c>a=b</c>.</summary>
internal static class NamePairs
{
    /// <summary>Reads the values of an option.</summary>
    /// <param name="option">What it is called.</param>
    /// <param name="values">As they were given.</param>
    /// <param name="form">How a pair is written, for the message.</param>
    /// <exception cref="UsageException">One of them is no pair, or a name is given twice.</exception>
    public static Dictionary<string, string> Parse(string option, IEnumerable<string> values, string form = "old=new")
    {
        Dictionary<string, string> pairs = [];
        foreach (string value in values)
        {
            int split = value.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0 || split == value.Length - 1)
            {
                throw new UsageException($"{option} '{value}' is no pair of names; write it as {option} {form}.");
            }

            if (!pairs.TryAdd(value[..split], value[(split + 1)..]))
            {
                throw new UsageException($"{option} names '{value[..split]}' twice.");
            }
        }

        return pairs;
    }
}
