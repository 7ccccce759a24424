using SkiaSharp;

namespace OnnxAE.Inference;

/// <summary>
/// Reads pictures of one size into bytes: PNG, JPEG, WebP, BMP and GIF by SkiaSharp, binary PGM by <see cref="PgmDecoder"/>.
/// The numbers in the file are taken as they are: gamma, colour profiles and a camera's note on turning are not applied.
/// 16 bits become 8, what is transparent lies on white, and of a film the first picture counts.
/// </summary>
internal sealed class PictureDecoder
{
    /// <summary>The most that a pixel takes in a file: red, green, blue and opacity of 16 bits, not packed.</summary>
    public const int MostBytesPerPixel = 8;

    private readonly int _pixelCount;
    private byte[] _colors = []; // [height * width * 4], once a picture isn't stored as grey

    /// <param name="rowShape">[height, width], or [1 or 3, height, width]; a flat row has grey pictures of any two sides.</param>
    public PictureDecoder(IReadOnlyList<int> rowShape)
    {
        (Channels, Size) = rowShape switch
        {
            [var height, var width] => (1, (width, height)),
            [1 or 3, var height, var width] => (rowShape[0], (width, height)),
            _ => (1, ((int, int)?)null),
        };
        Planes = new byte[rowShape.Aggregate(1, (size, dimension) => checked(size * dimension))];
        _pixelCount = Planes.Length / Channels;
    }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The size that all pictures have; null until one of a flat row is read.</summary>
    public (int Width, int Height)? Size { get; private set; }

    /// <summary>[channels, height, width]: the picture that was read last.</summary>
    public byte[] Planes { get; }

    /// <summary>Reads a picture. Memory for its pixels is taken only when its size is the expected one.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut short, or of another size or kind.</exception>
    public void Read(ReadOnlySpan<byte> file)
    {
        if (PgmDecoder.IsPgm(file))
        {
            (int Width, int Height) size = PgmDecoder.ReadSize(file, out int offset);
            CheckSize(size.Width, size.Height);
            PgmDecoder.Decode(file, offset, Planes.AsSpan(0, _pixelCount));
            RepeatGrey();
            Size = size;
        }
        else
        {
            Size = Decode(file);
        }
    }

    private unsafe (int Width, int Height) Decode(ReadOnlySpan<byte> file)
    {
        fixed (byte* start = file)
        {
            using SKData data = SKData.Create((nint)start, file.Length);
            using SKMemoryStream stream = new(data);
            using SKCodec? codec = SKCodec.Create(stream);
            if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif })
            {
                throw new InvalidDataException("found no picture or a damaged one, expected PNG, JPEG, WebP, BMP, GIF or PGM"); // WBMP has no mark of its own
            }

            SKImageInfo info = codec.Info;
            CheckSize(info.Width, info.Height);
            if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && !IsWholeJpeg(file))
            {
                throw new InvalidDataException("found a JPEG picture that is cut short");
            }

            if (info.ColorType == SKColorType.Gray8)
            {
                GetPixels(codec, SKColorType.Gray8, Planes);
                RepeatGrey();
            }
            else
            {
                if (_colors.Length == 0)
                {
                    _colors = new byte[4 * _pixelCount];
                }

                GetPixels(codec, SKColorType.Rgba8888, _colors);
                if (info.AlphaType != SKAlphaType.Opaque)
                {
                    LayOnWhite();
                }

                SplitColors();
            }

            return (info.Width, info.Height);
        }
    }

    // Without a colour space in the target, Skia converts no colours.
    private static unsafe void GetPixels(SKCodec codec, SKColorType type, byte[] pixels)
    {
        SKImageInfo target = new(codec.Info.Width, codec.Info.Height, type, type == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        SKCodecResult result;
        fixed (byte* start = pixels)
        {
            result = codec.GetPixels(target, (nint)start);
        }

        if (result != SKCodecResult.Success)
        {
            throw new InvalidDataException($"found a {codec.EncodedFormat.ToString().ToUpperInvariant()} picture that is cut short or damaged");
        }
    }

    // Skia takes a progressive one that lacks scans for whole. Pixels hold no markers: behind the last scan's start comes the end.
    private static bool IsWholeJpeg(ReadOnlySpan<byte> file)
        => file.LastIndexOf<byte>([0xFF, 0xD9]) > file.LastIndexOf<byte>([0xFF, 0xDA]);

    private void CheckSize(int width, int height)
    {
        if (Size is { } size ? (width, height) != size : (long)width * height != _pixelCount)
        {
            string expected = Size is var (right, down) ? $"{right} x {down}" : $"{_pixelCount} in all";
            throw new InvalidDataException(FormattableString.Invariant($"found {width} x {height} pixels, expected {expected}"));
        }
    }

    private void LayOnWhite()
    {
        for (int i = 0; i < _colors.Length; i += 4)
        {
            int opacity = _colors[i + 3];
            for (int k = i; opacity < byte.MaxValue && k < i + 3; k++)
            {
                _colors[k] = (byte)(byte.MaxValue - ((((byte.MaxValue - _colors[k]) * opacity) + 127) / byte.MaxValue));
            }
        }
    }

    private void SplitColors()
    {
        for (int i = 0; i < _pixelCount; i++)
        {
            ReadOnlySpan<byte> color = _colors.AsSpan(4 * i, 3);
            for (int channel = 0; channel < Channels; channel++)
            {
                Planes[(channel * _pixelCount) + i] = color[channel];
            }

            if (Channels == 1 && (color[0] != color[1] || color[0] != color[2]))
            {
                throw new InvalidDataException("found a picture with colours, expected a grey one");
            }
        }
    }

    private void RepeatGrey()
    {
        for (int channel = 1; channel < Channels; channel++)
        {
            Planes.AsSpan(0, _pixelCount).CopyTo(Planes.AsSpan(channel * _pixelCount));
        }
    }
}

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
        {
            throw new InvalidDataException("found a PGM picture of text (P2), expected a binary one (P5)");
        }

        offset = 2;
        int width = ReadNumber(file, ref offset);
        int height = ReadNumber(file, ref offset);
        int white = ReadNumber(file, ref offset);
        if (width < 1 || height < 1)
        {
            throw new InvalidDataException($"found a PGM picture of {width} x {height} pixels, expected at least one");
        }

        if (white != byte.MaxValue)
        {
            throw new InvalidDataException($"found a PGM picture with {white} for white, expected 255");
        }

        offset++; // exactly one blank, whatever the first pixel looks like
        return (width, height);
    }

    /// <summary>Reads the pixels.</summary>
    /// <exception cref="InvalidDataException">The file ends before them.</exception>
    public static void Decode(ReadOnlySpan<byte> file, int offset, Span<byte> pixels)
    {
        int found = Math.Max(0, file.Length - offset);
        if (found != pixels.Length)
        {
            throw new InvalidDataException(FormattableString.Invariant($"found {found} bytes of pixels, expected {pixels.Length}"));
        }

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
        {
            number = (number * 10) + file[offset] - '0';
        }

        if (digits == 0 || start == offset || offset >= file.Length || !IsBlank(file[offset]))
        {
            throw new InvalidDataException("found a PGM picture with a damaged header, expected width, height and 255");
        }

        return number;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or >= 9 and <= 13;
}
