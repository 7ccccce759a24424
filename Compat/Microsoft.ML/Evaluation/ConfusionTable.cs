using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Prints a confusion matrix as ML.NET does: truths down, predictions across, recall and precision at the edges.</summary>
internal static class ConfusionTable
{
    private const int MinimumTitleWidth = 9;

    public static string Format(ConfusionMatrix matrix, IReadOnlyList<string> names)
    {
        int classes = matrix.Counts.Count;
        int columnWidth = classes == 2 ? 8 : 5;
        int longestName = names.Max(name => name.Length);
        // Names that are too long for a column are replaced by numbers, which then stand before the names of the rows too.
        bool numbered = longestName > columnWidth;
        int digits = numbered ? (classes - 1).ToString(CultureInfo.InvariantCulture).Length : 0;
        int titleWidth = Math.Max(MinimumTitleWidth, longestName + (numbered ? digits + 2 : 0));
        string rule = string.Concat(Enumerable.Repeat(classes > 2 ? "========" : "===========", classes));

        string Title(string title) => title.PadRight(titleWidth) + " ||";
        string RowTitle(int row) => numbered
            ? Number(row).PadLeft(digits) + ". " + names[row].PadLeft(titleWidth - digits - 2) + " ||"
            : names[row].PadLeft(titleWidth) + " ||";

        var text = new StringBuilder();
        text.AppendLine().AppendLine("Confusion table");
        text.Append(Title("")).AppendLine(rule);
        text.Append(Title("PREDICTED"));
        for (int c = 0; c < classes; c++)
            text.Append(' ').Append((numbered ? Number(c) : names[c]).PadLeft(columnWidth)).Append(" |");
        text.AppendLine(" Recall");
        text.Append(Title("TRUTH")).AppendLine(rule);
        for (int row = 0; row < classes; row++)
        {
            text.Append(RowTitle(row));
            foreach (double count in matrix.Counts[row])
                text.Append(' ').Append(count.ToString("N0", CultureInfo.CurrentCulture).PadLeft(columnWidth)).Append(" |");
            text.Append(' ').AppendLine(matrix.PerClassRecall[row].ToString("F4", CultureInfo.CurrentCulture).PadLeft(5));
        }
        text.Append(Title("")).AppendLine(rule);
        text.Append(Title("Precision"));
        foreach (double precision in matrix.PerClassPrecision)
            text.Append(precision.ToString("N4", CultureInfo.CurrentCulture).PadLeft(columnWidth + 1)).Append(" |");
        return text.AppendLine().ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
