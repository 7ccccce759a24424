using System.Buffers;
using csFastFloat;

namespace OnnxAE.Inference;

/// <summary>What the cells of a table mean.</summary>
internal static class TableCells
{
    private static readonly string[] Missing = ["NA", "N/A", "NaN", "null", "?", "none"];
    private static readonly SearchValues<char> Numeric = SearchValues.Create("0123456789.,' \u00A0\u202F");

    /// <summary>Whether a cell stands for no value.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell)
    {
        if (cell.Length > 4)
        {
            return false;
        }

        foreach (string word in Missing)
        {
            if (cell.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return cell.IsEmpty;
    }

    /// <summary>Reads a finite number, with a point before its decimals.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out float value)
    {
        value = 0;
        return !cell.IsEmpty && FastFloatParser.TryParseFloat(cell, out int read, out value) && read == cell.Length && float.IsFinite(value);
    }

    /// <summary>Whether a cell is a number, or would be one to someone who writes 0,5 or 1 234.</summary>
    public static bool LooksNumeric(ReadOnlySpan<char> cell)
    {
        if (TryParse(cell, out _))
        {
            return true;
        }

        ReadOnlySpan<char> digits = cell.TrimStart("+-");
        return !digits.IsEmpty && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1]) && !digits.ContainsAnyExcept(Numeric);
    }
}
