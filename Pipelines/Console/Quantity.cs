namespace OnnxAE.Pipelines;

/// <summary>Numbers of things in a sentence.</summary>
internal static class Quantity
{
    /// <summary><c>1 row</c>, <c>2,000 rows</c>.</summary>
    public static string Of(long count, string what) => FormattableString.Invariant($"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
