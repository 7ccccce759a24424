
namespace OnnxAE.Inference;

/// <summary>Numbers can't be pixels of the range that a model's metadata names.</summary>
/// <param name="found">What was found.</param>
/// <param name="column">In which column.</param>
/// <param name="range">What was expected.</param>
/// <param name="advice">What to do about a column.</param>
internal sealed class PixelRangeException(string found, string column, PixelRange range, string advice)
    : InvalidOperationException($"{found} in the input column '{column}', expected {Describe(range)}: {advice}")
{
    /// <summary>What was found and expected, for those who know of no column and have other advice to give.</summary>
    public string Problem { get; } = $"{found}, expected {Describe(range)}";

    private static string Describe(PixelRange range) => FormattableString.Invariant($"pixels between {range.Black} and {range.White} ({range.Name})");
}
