using System.Runtime.InteropServices;
using SkiaSharp;

namespace OnnxAE.Inference;

/// <summary>
/// Reads pictures into planes of bytes: PNG, JPEG, WebP, BMP and GIF by SkiaSharp, PGM and PPM by <see cref="NetpbmDecoder"/>.
/// The numbers in a picture of the right size are taken as they are: gamma, colour profiles and a camera's note on turning
/// are not applied. 16 bits become 8, what is transparent lies on the background, and of a film the first picture counts.
/// Several threads may read at the same time, unless the rows are flat.
/// </summary>
internal sealed class PictureDecoder
{
    /// <summary>Bytes at the beginning of a file that tell a picture.</summary>
    public const int MarkBytes = 12;

    private const int BytesPerPixel = 4; // red, green, blue and opacity
    private const int MostBytesPerFilePixel = 8; // 16 bits each, not packed
    private const int SpareBytes = 1 << 20; // of a file besides its pixels: texts, colour profiles
    private const int MostResizedBytes = 100_000_000;
    private const int MostResizedPixels = 100_000_000;
    private const int JpegSteps = 8; // a JPEG can be decoded at n / 8 of its size
    private const int JpegSpare = 2; // decoded at no less than twice the size asked for, so that the better filter does the rest

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly PictureOptions _options;
    private readonly int _pixelCount;
    private readonly byte _background;
    private readonly bool _isChannelsLast;

    /// <param name="rowShape">
    /// [height, width], [1 or 3, height, width] or [height, width, 1 or 3], channels first where both fit; a flat row has grey pictures of any two sides, the same for all.
    /// </param>
    /// <param name="options">How to bring pictures into this shape; null for pictures that have it.</param>
    /// <exception cref="InvalidDataException">The shape is that of no picture, or pictures shall be resized and it is flat.</exception>
    public PictureDecoder(IReadOnlyList<int> rowShape, PictureOptions? options = null)
    {
        _options = options ?? new PictureOptions();
        _background = _options.Background == PictureBackground.White ? byte.MaxValue : byte.MinValue;
        (Channels, Size) = rowShape switch
        {
            [var height, var width] => (1, (width, height)),
            [1 or 3, var height, var width] => (rowShape[0], (width, height)),
            [var height, var width, 1 or 3] => (rowShape[2], (width, height)),
            _ when rowShape.Count(dimension => dimension != 1) <= 1 => (1, ((int, int)?)null),
            _ => throw new InvalidDataException(
                $"Rows of the shape [{string.Join(", ", rowShape)}] can't be read from pictures, expected [height, width], or 1 or 3 channels in front: [3, height, width]."),
        };
        if (Size is null && _options.Resize != PictureResize.None)
        {
            throw new InvalidDataException(
                $"Pictures can't be resized to rows of the shape [{string.Join(", ", rowShape)}], expected height and width: [channels, height, width].");
        }

        _isChannelsLast = rowShape is [not 3, _, 3];
        ByteCount = rowShape.Aggregate(1, (size, dimension) => checked(size * dimension));
        _pixelCount = ByteCount / Channels;
    }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The size of what is given; null until a picture of a flat row is read.</summary>
    public (int Width, int Height)? Size { get; private set; }

    /// <summary>Bytes of a picture's planes.</summary>
    public int ByteCount { get; }

    /// <summary>The largest file that is read.</summary>
    public int MostFileBytes => _options.Resize != PictureResize.None ? MostResizedBytes
        : (int)Math.Min(SpareBytes + ((long)MostBytesPerFilePixel * ByteCount), Array.MaxLength);

    /// <summary>Whether a file begins like a PNG, JPEG, GIF, WebP or BMP picture, and like nothing else. PGM and PPM begin like texts and are told by their names.</summary>
    /// <param name="start">The first <see cref="MarkBytes"/> bytes.</param>
    public static bool IsMarked(ReadOnlySpan<byte> start)
        => start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) || start.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || start.StartsWith("GIF8"u8)
            || (start.StartsWith("RIFF"u8) && start.EndsWith("WEBP"u8)) || (start.StartsWith("BM"u8) && start.Length > 10 && start[6..10].SequenceEqual<byte>([0, 0, 0, 0]));

    /// <summary>Width and height of a picture file, by its header; null where it is none.</summary>
    public static (int Width, int Height)? SizeOf(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (NetpbmDecoder.IsNetpbm(file))
        {
            try
            {
                NetpbmHeader header = NetpbmDecoder.ReadHeader(file);
                return (header.Width, header.Height);
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }

        using SKData data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        return codec is null ? null : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Reads a picture. Memory for its pixels is taken only when the size in its header is one that can be used.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="planes">[channels, height, width]; undefined when this fails.</param>
    /// <exception cref="InvalidDataException">The file is damaged, cut short, or of another size or kind.</exception>
    public void Read(ReadOnlySpan<byte> file, Span<byte> planes)
    {
        using SKBitmap picture = NetpbmDecoder.IsNetpbm(file) ? ReadNetpbm(file, out var inner) : ReadCodec(file, out inner);
        if (Channels == 1 && !_options.ToGrey)
        {
            RequireGrey(Pixels(picture));
        }

        if (inner == (picture.Width, picture.Height))
        {
            Split(picture, planes);
        }
        else
        {
            using SKBitmap scaled = Allocate(inner.Width, inner.Height);
            if (!picture.ScalePixels(scaled, Smooth))
            {
                throw new InvalidDataException("found a picture that could not be resized");
            }

            Split(scaled, planes);
        }

        Size ??= inner;
    }

    // The size that a picture takes within the size asked for.
    private (int Width, int Height) Accept(int width, int height)
    {
        if (Size is { } size ? (width, height) == size : (long)width * height == _pixelCount)
        {
            return (width, height);
        }

        if (_options.Resize == PictureResize.None || Size is not var (right, down))
        {
            string expected = Size is var (w, h) ? FormattableString.Invariant($"{w} x {h}") : FormattableString.Invariant($"{_pixelCount} in all");
            throw new InvalidDataException(FormattableString.Invariant($"found {width} x {height} pixels, expected {expected}"));
        }

        if ((long)width * height > MostResizedPixels)
        {
            throw new InvalidDataException(FormattableString.Invariant($"found {width} x {height} pixels, expected at most {MostResizedPixels} in all"));
        }

        if (_options.Resize == PictureResize.Stretch)
        {
            return (right, down);
        }

        double scale = Math.Min((double)right / width, (double)down / height);
        return (Math.Clamp((int)Math.Round(width * scale), 1, right), Math.Clamp((int)Math.Round(height * scale), 1, down));
    }

    private SKBitmap ReadNetpbm(ReadOnlySpan<byte> file, out (int Width, int Height) inner)
    {
        NetpbmHeader header = NetpbmDecoder.ReadHeader(file);
        inner = Accept(header.Width, header.Height);
        SKBitmap picture = Allocate(header.Width, header.Height);
        try
        {
            NetpbmDecoder.Decode(file, header, Pixels(picture));
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private unsafe SKBitmap ReadCodec(ReadOnlySpan<byte> file, out (int Width, int Height) inner)
    {
        fixed (byte* start = file)
        {
            using SKData data = SKData.Create((nint)start, file.Length);
            using SKMemoryStream stream = new(data);
            using SKCodec? codec = SKCodec.Create(stream);
            if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif })
            {
                throw new InvalidDataException("found no picture or a damaged one, expected PNG, JPEG, WebP, BMP, GIF, PGM or PPM"); // WBMP has no mark of its own
            }

            SKImageInfo info = codec.Info;
            inner = Accept(info.Width, info.Height);
            bool isJpeg = codec.EncodedFormat == SKEncodedImageFormat.Jpeg;
            if (isJpeg && !IsWholeJpeg(file))
            {
                throw new InvalidDataException("found a JPEG picture that is cut short");
            }

            SKSizeI size = isJpeg && inner != (info.Width, info.Height) ? codec.GetScaledDimensions(JpegScale(info, inner)) : info.Size;
            SKBitmap picture = Allocate(size.Width, size.Height);

            // Without a colour space in the target, Skia converts no colours.
            SKCodecResult result = codec.GetPixels(picture.Info.WithAlphaType(SKAlphaType.Unpremul), picture.GetPixels());
            if (result != SKCodecResult.Success)
            {
                picture.Dispose();
                throw new InvalidDataException($"found a {codec.EncodedFormat.ToString().ToUpperInvariant()} picture that is cut short or damaged");
            }

            if (info.AlphaType != SKAlphaType.Opaque)
            {
                LayOnBackground(Pixels(picture));
            }

            return picture;
        }
    }

    private static float JpegScale(SKImageInfo info, (int Width, int Height) inner)
    {
        double ratio = Math.Max((double)inner.Width / info.Width, (double)inner.Height / info.Height);
        return (float)Math.Clamp(Math.Ceiling(JpegSteps * JpegSpare * ratio), 1, JpegSteps) / JpegSteps;
    }

    // Skia takes a progressive one that lacks scans for whole. Pixels hold no markers: behind the last scan's start comes the end.
    private static bool IsWholeJpeg(ReadOnlySpan<byte> file)
        => file.LastIndexOf<byte>([0xFF, 0xD9]) > file.LastIndexOf<byte>([0xFF, 0xDA]);

    private static SKBitmap Allocate(int width, int height)
    {
        SKBitmap bitmap = new();
        if (bitmap.TryAllocPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque)))
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new InvalidDataException(FormattableString.Invariant($"found {width} x {height} pixels, for which there is not enough memory"));
    }

    private static unsafe Span<byte> Pixels(SKBitmap bitmap) => new((void*)bitmap.GetPixels(), bitmap.ByteCount);

    private void LayOnBackground(Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += BytesPerPixel)
        {
            int opacity = pixels[i + 3];
            if (opacity == byte.MaxValue)
            {
                continue;
            }

            for (int k = i; k < i + 3; k++)
            {
                int distance = Math.Abs(_background - pixels[k]);
                int kept = ((distance * opacity) + (byte.MaxValue / 2)) / byte.MaxValue;
                pixels[k] = (byte)Math.Abs(_background - kept);
            }

            pixels[i + 3] = byte.MaxValue;
        }
    }

    private static void RequireGrey(ReadOnlySpan<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i += BytesPerPixel)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
            {
                throw new InvalidDataException("found a picture with colours, expected a grey one");
            }
        }
    }

    // What a picture leaves free around it is background.
    private void Split(SKBitmap picture, Span<byte> planes)
    {
        var (width, height) = Size ?? (picture.Width, picture.Height);
        if ((picture.Width, picture.Height) != (width, height))
        {
            planes[..ByteCount].Fill(_background);
        }

        int first = ((height - picture.Height) / 2 * width) + ((width - picture.Width) / 2);
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(Pixels(picture));
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<uint> line = pixels.Slice(y * picture.Width, picture.Width);
            int start = first + (y * width);
            if (Channels == 1)
            {
                Span<byte> grey = planes.Slice(start, line.Length);
                for (int x = 0; x < line.Length; x++)
                {
                    grey[x] = Luminance(line[x]);
                }

                continue;
            }

            for (int channel = 0; channel < Channels; channel++)
            {
                Span<byte> plane = planes.Slice((channel * _pixelCount) + start, line.Length);
                for (int x = 0; x < line.Length; x++)
                {
                    plane[x] = (byte)(line[x] >> (8 * channel));
                }
            }
        }

        if (_isChannelsLast)
        {
            byte[] channelsFirst = planes[..ByteCount].ToArray();
            for (int i = 0; i < channelsFirst.Length; i++)
            {
                planes[(i % _pixelCount * Channels) + (i / _pixelCount)] = channelsFirst[i];
            }
        }
    }

    // Rec. 601, rounded; of a grey pixel exactly its value.
    private static byte Luminance(uint pixel)
        => (byte)(((299 * (pixel & 0xFF)) + (587 * ((pixel >> 8) & 0xFF)) + (114 * ((pixel >> 16) & 0xFF)) + 500) / 1000);
}
