using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace OnnxAE.Inference;

/// <summary>How the text of a table is laid out, as its first line tells.</summary>
/// <param name="Separator">What stands between cells.</param>
/// <param name="Names">Names of all columns.</param>
/// <param name="HasHeadings">Whether the first line holds names.</param>
internal sealed record TextTableFormat(char Separator, IReadOnlyList<string> Names, bool HasHeadings);

/// <summary>Reads the rows of a table from text, with separators and quotes, forward only.</summary>
internal sealed class TextTableReader : IDisposable
{
    private const int PeekedBytes = 4096;

    private readonly RowSource _source;
    private readonly TextTableFormat? _format;
    private readonly RowStream _content;
    private readonly SepReader _reader;
    private int _linesRead;

    private TextTableReader(RowSource source, RowStream content, char separator, TextTableFormat? format)
    {
        (_source, _content, _format) = (source, content, format);
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        try
        {
            _reader = Sep.New(separator)
                .Reader(options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true })
                .From(new StreamReader(content, strict));
        }
        catch (DecoderFallbackException exception)
        {
            throw NoUtf8(exception);
        }
    }

    /// <summary>Number of the line that the present row begins at, counted from 1.</summary>
    public int Line => _linesRead <= 1 ? 1 : _reader.Current.LineNumberFrom; // of a first line without headings Sep says 2

    /// <summary>A cell of the present row, without blanks around it.</summary>
    public ReadOnlySpan<char> this[int column] => _reader.Current[column].Span.Trim();

    /// <summary>Reads the first line.</summary>
    /// <exception cref="InvalidDataException">It is no text in UTF-8, or the headings are empty or name a column twice.</exception>
    public static TextTableFormat ReadFormat(RowSource source)
    {
        (char Separator, string[] Cells)? best = null;
        foreach (char separator in "\t;|,")
        {
            using TextTableReader reader = new(source, OpenContent(source), separator, format: null);
            if (!reader.MoveNext())
            {
                throw new InvalidDataException($"'{source.Name}' holds no line, expected headings and rows.");
            }

            string[] cells = reader.Cells();
            bool isNumeric = cells.Length > 1 && cells.All(cell => TableCells.IsMissing(cell) || TableCells.LooksNumeric(cell));
            if (best is null || cells.Length > best.Value.Cells.Length)
            {
                best = (separator, cells);
            }

            if (isNumeric) // decimal commas don't outvote what stands between them
            {
                best = (separator, cells);
                break;
            }
        }

        string[] first = best!.Value.Cells;
        bool hasNumber = first.Any(cell => TableCells.LooksNumeric(cell));
        bool hasHeadings = !hasNumber || !first.All(cell => TableCells.IsMissing(cell) || TableCells.LooksNumeric(cell));
        char chosen = first.Length > 1 ? best.Value.Separator : ',';
        string[] names = [.. first.Select((cell, i) => hasHeadings && cell.Length > 0 ? cell : string.Create(CultureInfo.InvariantCulture, $"c{i}"))];
        string? twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? new TextTableFormat(chosen, names, hasHeadings)
            : throw new InvalidDataException($"'{source.Name}' has the heading '{twice}' more than once, expected another name for each column.");
    }

    /// <summary>A reader that is in front of the first row.</summary>
    public static TextTableReader Open(RowSource source, TextTableFormat format)
    {
        TextTableReader reader = new(source, OpenContent(source), format.Separator, format);
        if (format.HasHeadings)
        {
            reader.MoveToLine();
        }

        return reader;
    }

    /// <summary>Goes to the next row; empty lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A row has another number of cells than the first line.</exception>
    public bool MoveNext()
    {
        while (MoveToLine())
        {
            SepReader.Row row = _reader.Current;
            if (row.ColCount == 1 && row.Span.Trim().IsEmpty)
            {
                continue;
            }

            if (_format is not null && row.ColCount != _format.Names.Count)
            {
                throw new InvalidDataException(
                    $"'{_source.Name}', line {Line:N0}: found {row.ColCount:N0} cells, expected {_format.Names.Count:N0} as in the first line.");
            }

            return true;
        }

        return false;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _content.Dispose();
    }

    private static RowStream OpenContent(RowSource source)
    {
        RowStream content = source.Open();
        ReadOnlySpan<byte> start = content.Peek(PeekedBytes);
        if (start.StartsWith<byte>([0x1F, 0x8B]))
        {
            content = new RowStream(new WholeGzipStream(content, source.Name));
            start = content.Peek(PeekedBytes);
        }

        if (start.Contains((byte)0) || start.StartsWith<byte>([0xFF, 0xFE]) || start.StartsWith<byte>([0xFE, 0xFF]))
        {
            content.Dispose();
            throw new InvalidDataException($"'{source.Name}' is no text in UTF-8: save it anew as \"CSV UTF-8\".");
        }

        return content;
    }

    private string[] Cells() => [.. Enumerable.Range(0, _reader.Current.ColCount).Select(i => this[i].ToString())];

    private bool MoveToLine()
    {
        try
        {
            _linesRead = Math.Min(_linesRead + 1, 2);
            return _reader.MoveNext();
        }
        catch (DecoderFallbackException exception)
        {
            throw NoUtf8(exception);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidDataException($"'{_source.Name}' holds a line too long to be read: is a quote left open?", exception);
        }
    }

    private InvalidDataException NoUtf8(Exception inner) => new($"'{_source.Name}' is no text in UTF-8: save it anew as \"CSV UTF-8\".", inner);
}
