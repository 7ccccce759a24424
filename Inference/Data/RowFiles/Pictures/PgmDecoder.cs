namespace OnnxAE.Inference;

/// <summary>Reads binary grey pictures of 8 bits (P5).</summary>
/// <remarks>https://netpbm.sourceforge.net/doc/pgm.html</remarks>
internal static class PgmDecoder
{
    private const int MostDigits = 9;

    /// <summary>Whether a file is one, or one of text (P2), which is refused when its header is read.</summary>
    public static bool IsPgm(ReadOnlySpan<byte> file) => file.StartsWith("P5"u8) || file.StartsWith("P2"u8);

    /// <summary>Reads the header: width and height.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="offset">Where the pixels begin.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> file, out int offset)
    {
        if (!file.StartsWith("P5"u8))
            throw new InvalidDataException("found a PGM picture of text (P2), expected a binary one (P5)");
        offset = 2;
        int width = ReadNumber(file, ref offset);
        int height = ReadNumber(file, ref offset);
        int white = ReadNumber(file, ref offset);
        if (width < 1 || height < 1)
            throw new InvalidDataException($"found a PGM picture of {width} x {height} pixels, expected at least one");
        if (white != byte.MaxValue)
            throw new InvalidDataException($"found a PGM picture with {white} for white, expected 255");
        offset++; // exactly one blank, whatever the first pixel looks like
        return (width, height);
    }

    /// <summary>Reads the pixels.</summary>
    /// <exception cref="InvalidDataException">The file ends before them.</exception>
    public static void Decode(ReadOnlySpan<byte> file, int offset, Span<byte> pixels)
    {
        int found = Math.Max(0, file.Length - offset);
        if (found != pixels.Length)
            throw new InvalidDataException(FormattableString.Invariant($"found {found} bytes of pixels, expected {pixels.Length}"));
        file[offset..].CopyTo(pixels);
    }

    // A number behind blanks and comments.
    private static int ReadNumber(ReadOnlySpan<byte> file, ref int offset)
    {
        int start = offset;
        while (offset < file.Length && (IsBlank(file[offset]) || file[offset] == '#'))
        {
            if (file[offset] == '#')
            {
                int end = file[offset..].IndexOf((byte)'\n');
                offset = end < 0 ? file.Length : offset + end;
            }
            else
            {
                offset++;
            }
        }

        int number = 0;
        int digits = 0;
        for (; offset < file.Length && file[offset] is >= (byte)'0' and <= (byte)'9' && digits < MostDigits; offset++, digits++)
            number = (number * 10) + file[offset] - '0';
        if (digits == 0 || start == offset || offset >= file.Length || !IsBlank(file[offset]))
            throw new InvalidDataException("found a PGM picture with a damaged header, expected width, height and 255");
        return number;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or >= 9 and <= 13;
}
