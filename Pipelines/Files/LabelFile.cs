using System.Globalization;
using nietras.SeparatedValues;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Labels as people keep them: a csv file with a label a row, empty where there is none; for a folder of pictures with a file
/// name and a label a line; or an idx file of bytes or 32-bit integers. Labels are texts.
/// </summary>
internal static class LabelFile
{
    private const int LongestLabel = 200;
    private static readonly string[] Headings = ["LABEL", "LABELS", "CLASS"];

    /// <summary>Reads the labels of rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">What the rows are called, for files with names; null where rows have none.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="rowSource">Where the rows are, for messages.</param>
    /// <returns>A label a row; null where there is none.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It does not go with the rows.</exception>
    public static string?[] Read(string path, IReadOnlyList<string>? names, int rowCount, string rowSource)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}', expected labels.", path);
        }

        return IsIdx(path) ? ReadIdx(path, rowCount, rowSource)
            : names is null ? ReadLines(path, rowCount, rowSource)
            : ReadNamed(path, names, rowSource);
    }

    private static string?[] ReadIdx(string path, int rowCount, string rowSource)
    {
        int[] labels = IdxReader.ReadLabels(path, out IReadOnlyList<int> dimensions);
        if (dimensions is not [int count] || count != rowCount)
        {
            throw new InvalidDataException(
                $"'{path}' holds {string.Join(" x ", dimensions)} labels, expected one for each of the {rowCount:N0} rows of '{rowSource}'.");
        }

        return [.. labels.Select(label => label.ToString(CultureInfo.InvariantCulture))];
    }

    private static string?[] ReadLines(string path, int rowCount, string rowSource)
    {
        List<string?> labels = [.. ReadCells(path, 1, "one label a line, for the rows in their order").Select(line => OrNull(line.Cells[0], path, line.Number))];
        if (labels.Count == rowCount + 1 && labels[0] is { } first && Headings.Contains(first.ToUpperInvariant()))
        {
            labels.RemoveAt(0);
        }

        return labels.Count == rowCount ? [.. labels] : throw new InvalidDataException(
            $"'{path}' has {labels.Count:N0} lines, expected one for each of the {rowCount:N0} rows of '{rowSource}', empty where a row has no label.");
    }

    private static string?[] ReadNamed(string path, IReadOnlyList<string> names, string rowSource)
    {
        Dictionary<string, int> rows = names.Index().ToDictionary(row => row.Item, row => row.Index, StringComparer.Ordinal);
        var labels = new string?[names.Count];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (line, cells) in ReadCells(path, 2, $"two: a file name of '{rowSource}' and its label"))
        {
            if (!rows.TryGetValue(cells[0], out int row))
            {
                if (line == 1 && Headings.Contains(cells[1].ToUpperInvariant()))
                {
                    continue;
                }

                throw new InvalidDataException($"Line {line} of '{path}' names '{cells[0]}', expected a picture of '{rowSource}'.");
            }

            if (!seen.Add(cells[0]))
            {
                throw new InvalidDataException($"Line {line} of '{path}' names '{cells[0]}' again, expected each picture once.");
            }

            labels[row] = OrNull(cells[1], path, line);
        }

        return labels;
    }

    private static string? OrNull(string cell, string path, int line)
    {
        string label = cell.Trim();
        return label.Length <= LongestLabel ? label.Length > 0 ? label : null
            : throw new InvalidDataException($"Line {line} of '{path}' has a label of {label.Length} characters, expected at most {LongestLabel}.");
    }

    private static bool IsIdx(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".idx", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-ubyte", StringComparison.Ordinal);
    }

    // RFC 4180, but for line breaks within quotes: a quote that is never closed would take all lines that follow into its cell.
    // Where lines have several cells, an empty one is passed over.
    private static List<(int Number, string[] Cells)> ReadCells(string path, int count, string expected)
    {
        List<(int, string[])> lines = [];
        int number = 0;
        try
        {
            using SepReader reader = Sep.New(',').Reader(options => options with
            {
                HasHeader = false,
                DisableColCountCheck = true,
                Unescape = true,
                Trim = SepTrim.Outer,
            }).FromFile(path);
            foreach (SepReader.Row row in reader)
            {
                string[] cells = row.LineNumberToExcl == ++number + 1 ? row[..].ToStringsArray() : throw Endless(number);
                if (cells.Length == count)
                {
                    lines.Add((number, cells));
                }
                else if (cells is not [""])
                {
                    throw new InvalidDataException($"Line {number} of '{path}' has {cells.Length} cells, expected {expected}.");
                }
            }
        }
        catch (NotSupportedException) // what no buffer of Sep's holds
        {
            throw Endless(number + 1);
        }

        return lines;

        InvalidDataException Endless(int line) => new(
            $"Line {line} of '{path}' does not end with its last label, expected each label on one line, and a quote within a label doubled.");
    }
}
