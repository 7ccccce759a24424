namespace OnnxAE.Pipelines;

/// <summary>Numbers as people read them, in one form each wherever the program shows them.</summary>
/// <remarks>The program knows no culture but the invariant one (<c>InvariantGlobalization</c>), so that no format names it.</remarks>
internal static class Quantity
{
    /// <summary><c>2,000</c>.</summary>
    public static string Number(long count) => $"{count:N0}";

    /// <summary><c>1 row</c>, <c>2,000 rows</c>.</summary>
    public static string Of(long count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    /// <summary><c>84.39 %</c> of a share of 1.</summary>
    public static string Percent(double share, int decimals = 2) => $"{(100 * share).ToString($"F{decimals}")} %";

    /// <summary><c>1.5 s</c>.</summary>
    public static string Seconds(double seconds, int decimals = 1) => $"{seconds.ToString($"F{decimals}")} s";

    /// <summary><c>54,559 rows/s</c>; 0 where no time has passed.</summary>
    public static string Rate(long rows, double seconds) => $"{PerSecond(rows, seconds):N0} rows/s";

    /// <summary>Rows a second; 0 where no time has passed.</summary>
    public static double PerSecond(long rows, double seconds) => seconds > 0 ? rows / seconds : 0;

    /// <summary><c>14.8 MB</c>.</summary>
    public static string Megabytes(long bytes) => $"{bytes / 1e6:F1} MB";

    /// <summary>How far two numbers that should be the same lie apart: <c>8.0e-7</c>.</summary>
    public static string Difference(double difference) => $"{difference:0.0e+0}";

    /// <summary>A number with so many decimals; nothing where there is none.</summary>
    public static string Fixed(double? number, int decimals) => number?.ToString($"F{decimals}") ?? "";
}
