using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using csFastFloat;

namespace OnnxAE.Inference;

/// <summary>
/// Reads lines of numbers, set apart by commas, semicolons or tabs, in the invariant culture. A first line without a single
/// number is taken for headings, and so is one that only counts its cells; empty lines are passed over. The cells in front of
/// the numbers may be quoted texts that hold separators.
/// </summary>
/// <param name="content">UTF-8 text; disposed with the reader.</param>
/// <param name="options">The size of a row, and the cells in front of it.</param>
internal sealed class CsvRowReader<T>(Stream content, RowFileOptions options) : RowReader<T>(options.RowSize)
    where T : unmanaged, INumber<T>
{
    private const int CellBytes = 64; // numbers have about 10, blanks and quotes may come with them
    private const int ShortestBuffer = 1 << 16;
    private const int ShownBytes = 24;
    private const int FewestFrom0 = 3; // 0 and 1 may well be values
    private const int FewestFrom1 = 10; // 1, 2, 3 too

    private readonly LineReader _lines = new(content, (int)Math.Clamp((long)CellBytes * (options.RowSize + options.SkippedCells), ShortestBuffer, Array.MaxLength));
    private byte _separator;

    public override long? RowCount => null;

    public override IReadOnlyList<int> RowShape { get; } = [options.RowSize];

    public override string Place => FormattableString.Invariant($"line {_lines.Number}");

    public override bool MoveNext()
    {
        while (_lines.MoveNext())
        {
            if (_lines.Line.Trim(" \t"u8).IsEmpty && !_lines.IsTooLong)
            {
                continue;
            }

            if (_separator == 0)
            {
                _separator = SeparatorOf(_lines.Line);
                if (IsHeading())
                {
                    continue;
                }
            }

            Row++;
            Fault = Parse() ?? FindFault();
            if (Fault is null && options.Bytes == BytePixels.Unit)
            {
                TensorPrimitives.Divide<T>(Values, T.CreateChecked(byte.MaxValue), Values);
            }

            return true;
        }

        return false;
    }

    public override void Dispose() => _lines.Dispose();

    // The most frequent one, a comma where there is none.
    private static byte SeparatorOf(ReadOnlySpan<byte> line)
    {
        byte best = (byte)',';
        foreach (byte candidate in ";\t"u8)
        {
            if (line.Count(candidate) > line.Count(best))
            {
                best = candidate;
            }
        }

        return best;
    }

    private bool IsHeading()
    {
        bool hasText = false, hasNumber = false, counts = true;
        int first = 0;
        int index = 0;
        ReadOnlySpan<byte> numbers = Numbers(out bool isThere);
        if (!isThere)
        {
            return false;
        }

        foreach (Range range in numbers.Split(_separator))
        {
            ReadOnlySpan<byte> cell = Unquote(numbers[range]);
            hasNumber |= TryParse(cell, out _);
            hasText |= !cell.IsEmpty;
            if (index == 0)
            {
                first = cell is [(byte)'1'] ? 1 : 0;
            }

            counts &= int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number == first + index;
            index++;
        }

        return hasNumber ? counts && index >= (first == 0 ? FewestFrom0 : FewestFrom1) : hasText; // from 0 count pandas' columns without names
    }

    private string? Parse()
    {
        if (_lines.IsTooLong)
        {
            return "found a line too long for its numbers, expected a line a row";
        }

        int found = 0;
        ReadOnlySpan<byte> numbers = Numbers(out bool isThere);
        if (!isThere)
        {
            return string.Create(CultureInfo.InvariantCulture, $"found 0 values, expected {Values.Length:N0}");
        }

        foreach (Range range in numbers.Split(_separator))
        {
            if (found < Values.Length)
            {
                ReadOnlySpan<byte> cell = Unquote(numbers[range]);
                if (!TryParse(cell, out Values[found]))
                {
                    return $"found {Describe(cell)} as value {(found + 1).ToString(CultureInfo.InvariantCulture)}, expected a number";
                }
            }

            found++;
        }

        return found == Values.Length ? null
            : string.Create(CultureInfo.InvariantCulture, $"found {found:N0} values, expected {Values.Length:N0}");
    }

    // What follows the cells to pass over.
    private ReadOnlySpan<byte> Numbers(out bool isThere)
    {
        ReadOnlySpan<byte> rest = _lines.Line;
        isThere = true;
        for (int i = 0; i < options.SkippedCells && isThere; i++)
        {
            int quoted = QuotedLength(rest);
            int length = rest[quoted..].IndexOf(_separator);
            isThere = length >= 0;
            rest = isThere ? rest[(quoted + length + 1)..] : default;
        }

        return rest;
    }

    // A quote within quotes is doubled: the text ends, and another begins at once. One without an end is no quoted text.
    private static int QuotedLength(ReadOnlySpan<byte> cell)
    {
        int length = 0;
        while (length < cell.Length && cell[length] == '"')
        {
            int end = cell[(length + 1)..].IndexOf((byte)'"');
            if (end < 0)
            {
                return 0;
            }

            length += end + 2;
        }

        return length;
    }

    private static bool TryParse(ReadOnlySpan<byte> cell, out T value)
    {
        // Twice as fast as .NET, to the same bits. It stops where it understands no more, and .NET decides then: NaN, Infinity.
        if (typeof(T) == typeof(float) && !cell.IsEmpty && FastFloatParser.TryParseFloat(cell, out int read, out float single) && read == cell.Length)
        {
            value = T.CreateTruncating(single);
            return true;
        }

        return T.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> cell)
    {
        cell = cell.Trim(" \t"u8);
        return cell is [(byte)'"', .. var inner, (byte)'"'] ? inner.Trim(" \t"u8) : cell;
    }

    private static string Describe(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return "an empty cell";
        }

        string text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, ShownBytes)]);
        string shown = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)); // nothing that a terminal would obey
        return $"'{shown}{(cell.Length > ShownBytes ? "..." : "")}'";
    }
}

/// <summary>Reads lines of text as bytes. A line may be no longer than the buffer: of a longer one only the end is looked for.</summary>
/// <param name="content">UTF-8 text; disposed with the reader.</param>
/// <param name="longest">Bytes of the longest line, its end included.</param>
internal sealed class LineReader(Stream content, int longest) : IDisposable
{
    private readonly byte[] _buffer = new byte[longest];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isAtEnd;

    /// <summary>The present line without its end; empty where it is too long.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Number of the present line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the present line is longer than a line can be.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line; false at the end.</summary>
    public bool MoveNext()
    {
        IsTooLong = false;
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return TakeLine(searched + length, end: 1);
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                return (searched > 0 || IsTooLong) && TakeLine(searched, end: 0);
            }

            if (searched == _buffer.Length)
            {
                IsTooLong = true;
                _start = _end = searched = 0;
            }

            Fill();
        }
    }

    public void Dispose() => content.Dispose();

    private bool TakeLine(int length, int end)
    {
        Number++;
        _lineStart = _start;
        _lineLength = IsTooLong ? 0 : length;
        _start += length + end;
        if (_lineLength > 0 && _buffer[_lineStart + _lineLength - 1] == '\r')
        {
            _lineLength--;
        }

        if (Number == 1 && Line.StartsWith<byte>([0xEF, 0xBB, 0xBF])) // UTF-8's mark
        {
            _lineStart += 3;
            _lineLength -= 3;
        }

        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = content.Read(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
    }
}
