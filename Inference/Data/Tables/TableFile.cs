using System.Globalization;
using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>What a column of a table holds.</summary>
public enum TableColumnKind
{
    /// <summary>Numbers, as Single; NaN where one is missing.</summary>
    Number,

    /// <summary>Text; empty where it is missing.</summary>
    Category,
}

/// <summary>What a column of a table is for.</summary>
public enum TableColumnRole
{
    /// <summary>A feature.</summary>
    Feature,

    /// <summary>The class of a row, as text.</summary>
    Label,

    /// <summary>Text that is carried along.</summary>
    Kept,
}

/// <summary>A column of a table, as a scan of the whole file found it.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="MissingCount">Rows without a value.</param>
/// <param name="Values">The values of a category or a label, sorted; empty for numbers and kept columns.</param>
public sealed record TableColumn(string Name, TableColumnRole Role, TableColumnKind Kind, long MissingCount, IReadOnlyList<string> Values);

/// <summary>A file of rows with named columns: .csv, .tsv or .txt, gzip-compressed or not.</summary>
public sealed class TableFile
{
    private TableFile(string path, IDataView view, IReadOnlyList<TableColumn> columns, long rowCount)
        => (Path, View, Columns, RowCount) = (path, view, columns, rowCount);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// The rows. Numbers are Single, everything else is text. Every cursor reads the file anew: memory doesn't grow with the rows.
    /// </summary>
    public IDataView View { get; }

    /// <summary>The columns that were chosen, in the order of the file.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Values of the label, sorted; empty without one.</summary>
    public IReadOnlyList<string> Classes => Columns.FirstOrDefault(column => column.Role == TableColumnRole.Label)?.Values ?? [];

    /// <summary>Opens a file and reads it once, to settle what each column holds.</summary>
    /// <param name="path">The file. A first line of nothing but numbers is a row, and the columns are c0, c1, ...</param>
    /// <param name="options">Which columns to take; null for all.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or a column can't be a feature.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static TableFile Open(string path, TableOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TableOptions();
        RowSource source = RowSource.OfPath(path, cancellationToken);
        if (!source.IsRepeatable || source.NamedFormat != RowFileFormat.Csv)
        {
            throw new InvalidDataException($"'{path}' is no table, expected a file .csv, .tsv or .txt, gzip-compressed (.gz) or not.");
        }

        TextTableFormat format = TextTableReader.ReadFormat(source);
        HashSet<int> features = [.. ColumnSelection.Features(format.Names, options)];
        int label = options.Label is null ? -1 : ColumnSelection.Find(format.Names, options.Label);
        HashSet<int> kept = [.. options.Kept.Select(name => ColumnSelection.Find(format.Names, name))];
        if (kept.FirstOrDefault(i => i == label || features.Contains(i), -1) is >= 0 and int twice)
        {
            throw new ArgumentException($"Found '{format.Names[twice]}' both as a kept column and as a feature or the label, expected one of them.");
        }

        ColumnScan[] scans = [.. features.Append(label).Concat(kept).Where(i => i >= 0).Order().Select(i => new ColumnScan(
            source.Name, i, format.Names[i], i == label ? TableColumnRole.Label : kept.Contains(i) ? TableColumnRole.Kept : TableColumnRole.Feature))];
        long rowCount = 0;
        using (TextTableReader reader = TextTableReader.Open(source, format))
        {
            while (reader.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (ColumnScan scan in scans)
                {
                    scan.Add(reader[scan.Index], reader);
                }

                rowCount++;
            }
        }

        if (rowCount == 0)
        {
            throw new InvalidDataException($"'{path}' holds headings alone, expected rows too.");
        }

        TableColumn[] columns = [.. scans.Select(scan => scan.ToColumn(rowCount))];
        return new TableFile(path, new TableView(source, format, [.. scans.Select(scan => scan.Index)], columns.Select(column => (column.Name, column.Kind)), rowCount,
            verbatim: columns.Where(column => column.Role == TableColumnRole.Kept).Select(column => column.Name)), columns, rowCount);
    }
}

/// <summary>Settles what a column holds.</summary>
internal sealed class ColumnScan(string source, int index, string name, TableColumnRole role)
{
    private const int MostValues = 1000; // of a category

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private long _missing;
    private long _numbers;
    private long _lookAlikes;
    private long _others;
    private int _badLine;
    private string? _badValue;

    public int Index => index;

    public void Add(ReadOnlySpan<char> cell, TextTableReader reader)
    {
        if (TableCells.IsMissing(cell))
        {
            _missing++;
            return;
        }

        if (role == TableColumnRole.Kept)
        {
            return;
        }

        if (role == TableColumnRole.Feature)
        {
            if (TableCells.TryParse(cell, out _))
            {
                _numbers++;
            }
            else
            {
                _lookAlikes += TableCells.LooksNumeric(cell) ? 1 : 0;
                _others++;
                if (_badValue is null)
                {
                    (_badLine, _badValue) = (reader.Line, cell.ToString());
                }
            }
        }

        if (_values.Count <= MostValues || role == TableColumnRole.Label)
        {
            HashSet<string>.AlternateLookup<ReadOnlySpan<char>> values = _values.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!values.Contains(cell))
            {
                values.Add(cell);
            }
        }
    }

    public TableColumn ToColumn(long rowCount)
    {
        if (role == TableColumnRole.Kept)
        {
            return new TableColumn(name, role, TableColumnKind.Category, _missing, []);
        }

        if (_missing == rowCount)
        {
            throw Refused("holds nothing but missing values, expected at least one value");
        }

        if (role == TableColumnRole.Feature)
        {
            if (_others == 0)
            {
                return new TableColumn(name, role, TableColumnKind.Number, _missing, []);
            }

            if (2 * (_numbers + _lookAlikes) > rowCount - _missing)
            {
                string shown = TableText.Show(_badValue!);
                throw Refused(string.Create(CultureInfo.InvariantCulture, $"holds numbers, but in line {_badLine} '{shown}', expected numbers such as 1234.5 alone, or empty cells"));
            }

            if (_values.Count > MostValues || 2L * _values.Count > rowCount)
            {
                string count = _values.Count > MostValues ? $"more than {MostValues:N0}" : $"{_values.Count:N0}";
                throw Refused($"holds {count} different texts in {rowCount:N0} rows, expected a category of at most {MostValues:N0} and half as many as rows");
            }
        }

        return new TableColumn(name, role, TableColumnKind.Category, _missing, [.. _values.Order(StringComparer.Ordinal)]);
    }

    private InvalidDataException Refused(string what)
        => new($"'{source}': the column '{name}' {what}. {(role == TableColumnRole.Label ? "Choose another label." : $"Mend it, or leave it out with --columns -{name}.")}");
}

/// <summary>Foreign text in messages.</summary>
internal static class TableText
{
    private const int MostChars = 24;

    /// <summary>A short form that no terminal obeys.</summary>
    public static string Show(string text)
        => string.Concat(text.Take(MostChars).Select(c => char.IsControl(c) ? '?' : c)) + (text.Length > MostChars ? "..." : "");
}
