namespace OnnxAE.Inference;

/// <summary>
/// Reads pictures of the Netpbm formats, grey (PGM) and coloured (PPM), binary or of text (P2, P3, P5, P6), with any number
/// for white from 1 to 65535: values are scaled to 0 to 255 and rounded.
/// </summary>
/// <remarks>https://netpbm.sourceforge.net/doc/pgm.html</remarks>
internal static class NetpbmDecoder
{
    private const int MostDigits = 9;
    private const int BytesPerPixel = 4; // of what is written: red, green, blue and opacity

    /// <summary>Whether a file is one.</summary>
    public static bool IsNetpbm(ReadOnlySpan<byte> file) => file is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..];

    /// <summary>Reads the header, and finds out where the pixels begin.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or the file has another length than it says.</exception>
    public static NetpbmHeader ReadHeader(ReadOnlySpan<byte> file)
    {
        int offset = 2;
        int width = ReadNumber(file, ref offset);
        int height = ReadNumber(file, ref offset);
        int white = ReadNumber(file, ref offset);
        if (width < 1 || height < 1)
        {
            throw new InvalidDataException(FormattableString.Invariant($"found a PGM or PPM picture of {width} x {height} pixels, expected at least one"));
        }

        if (white is < 1 or > ushort.MaxValue)
        {
            throw new InvalidDataException(FormattableString.Invariant($"found a PGM or PPM picture with {white} for white, expected 1 to 65535"));
        }

        NetpbmHeader header = new(width, height, white, file[1] is (byte)'3' or (byte)'6' ? 3 : 1, file[1] is (byte)'2' or (byte)'3', offset);
        if (header.IsText && (2L * width * height) - 1 > file.Length - offset) // a digit and a blank each
        {
            throw Damaged();
        }

        return header.IsText ? header : header with { Offset = FindPixels(file, header) };
    }

    /// <summary>Reads the pixels.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="pixels">[height * width * 4]: red, green, blue and opacity.</param>
    /// <exception cref="InvalidDataException">A value is larger than white, or the file holds too few or too many values.</exception>
    public static void Decode(ReadOnlySpan<byte> file, NetpbmHeader header, Span<byte> pixels)
    {
        int offset = header.Offset;
        for (int i = 0; i < pixels.Length; i += BytesPerPixel)
        {
            for (int channel = 0; channel < header.Channels; channel++)
            {
                int value = header.IsText ? ReadNumber(file, ref offset)
                    : header.White <= byte.MaxValue ? file[offset++]
                    : (file[offset++] << 8) | file[offset++];
                if (value > header.White)
                {
                    throw new InvalidDataException(FormattableString.Invariant($"found {value} as a pixel, expected at most {header.White}, which is white"));
                }

                pixels[i + channel] = (byte)(((value * byte.MaxValue) + (header.White / 2)) / header.White);
            }

            if (header.Channels == 1)
            {
                pixels[i + 1] = pixels[i + 2] = pixels[i];
            }

            pixels[i + 3] = byte.MaxValue;
        }

        if (header.IsText && !IsBlank(file[offset..]))
        {
            throw SeveralPictures();
        }
    }

    // One blank stands before the pixels, whatever the first of them looks like. Some programs end the line with two bytes, or
    // write a comment behind the number for white: the file's length tells.
    private static int FindPixels(ReadOnlySpan<byte> file, NetpbmHeader header)
    {
        int plain = header.Offset + 1;
        int[] starts = [AfterLineEnd(file, header.Offset), AfterComment(file, header.Offset), plain];
        foreach (int start in starts)
        {
            if (file.Length - start == header.ByteCount)
            {
                return start;
            }
        }

        foreach (int start in starts)
        {
            if (file.Length - start > header.ByteCount && IsBlank(file[(start + (int)header.ByteCount)..]))
            {
                return start;
            }
        }

        if (file.Length - plain > header.ByteCount && IsNetpbm(file[(plain + (int)header.ByteCount)..]))
        {
            throw SeveralPictures();
        }

        throw new InvalidDataException(FormattableString.Invariant($"found {Math.Max(0, file.Length - plain)} bytes of pixels, expected {header.ByteCount}"));
    }

    private static int AfterLineEnd(ReadOnlySpan<byte> file, int offset)
        => file[offset..].StartsWith("\r\n"u8) ? offset + 2 : offset + 1;

    private static int AfterComment(ReadOnlySpan<byte> file, int offset)
    {
        int start = offset;
        while (start < file.Length && file[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        int end = start < file.Length && file[start] == '#' ? file[start..].IndexOf((byte)'\n') : -1;
        return end < 0 ? offset + 1 : start + end + 1;
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
        {
            number = (number * 10) + file[offset] - '0';
        }

        if (digits == 0 || start == offset || (offset < file.Length && !IsBlank(file[offset])))
        {
            throw Damaged();
        }

        return number;
    }

    private static bool IsBlank(ReadOnlySpan<byte> rest)
    {
        foreach (byte value in rest)
        {
            if (!IsBlank(value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or >= 9 and <= 13;

    private static InvalidDataException Damaged()
        => new("found a PGM or PPM picture that is cut short or damaged, expected width, height, the number for white, and pixels");

    private static InvalidDataException SeveralPictures() => new("found more than one picture in the file, expected one: split it into files");
}

/// <summary>What the header of a Netpbm picture says.</summary>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
/// <param name="White">The largest value, 1 to 65535.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="IsText">Whether values are written as decimal numbers.</param>
/// <param name="Offset">Where the pixels begin.</param>
internal sealed record NetpbmHeader(int Width, int Height, int White, int Channels, bool IsText, int Offset)
{
    /// <summary>Bytes of the pixels of a binary file.</summary>
    public long ByteCount => (long)Width * Height > int.MaxValue ? long.MaxValue : (long)Width * Height * Channels * (White > byte.MaxValue ? 2 : 1);
}
