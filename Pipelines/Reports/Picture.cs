using OnnxAE.Inference;
using SkiaSharp;

namespace OnnxAE.Pipelines;

/// <summary>A picture, grey or of red, green and blue.</summary>
/// <param name="Pixels">[channels, height, width]; 0 is black.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
/// <param name="Channels">1 or 3.</param>
internal sealed record Picture(byte[] Pixels, int Width, int Height, int Channels = 1)
{
    private const byte Paper = 255;
    private const int Gap = 2; // between the pictures of a sheet

    /// <summary>A picture of pixels in [0, 1]; what lies outside is cut off.</summary>
    /// <param name="pixels">[channels, height, width].</param>
    /// <param name="shape">[channels, height, width].</param>
    public static Picture FromUnitRange(ReadOnlySpan<float> pixels, IReadOnlyList<int> shape) =>
        new(FromRange(pixels, shape[2], 0, 1).Pixels, shape[2], shape[1], shape[0]);

    /// <summary>A grey picture of any numbers, <paramref name="low"/> black and <paramref name="high"/> white; places that are left over at the end stay black.</summary>
    public static Picture FromRange(ReadOnlySpan<float> values, int width, float low, float high)
    {
        int height = (values.Length + width - 1) / width;
        var grey = new byte[width * height];
        PixelBytes.Of(values, new PixelRange("", low, high), grey);
        return new Picture(grey, width, height);
    }

    /// <summary>The picture with every pixel as a square.</summary>
    /// <param name="factor">The square's side.</param>
    public Picture Enlarge(int factor)
    {
        var larger = new Picture(new byte[checked(Pixels.Length * factor * factor)], Width * factor, Height * factor, Channels);
        for (int y = 0; y < larger.Height * Channels; y++) // channels lie one below the other
        {
            for (int x = 0; x < larger.Width; x++)
            {
                larger.Pixels[(y * larger.Width) + x] = Pixels[(y / factor * Width) + (x / factor)];
            }
        }

        return larger;
    }

    /// <summary>Sets pictures in rows, each in the middle of a cell of the largest one's size, with white between them.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="columns">Pictures a row.</param>
    public static Picture Sheet(IReadOnlyList<Picture> pictures, int columns)
    {
        int cellWidth = pictures.Max(p => p.Width), cellHeight = pictures.Max(p => p.Height);
        int rows = (pictures.Count + columns - 1) / columns;
        int width = (columns * (cellWidth + Gap)) + Gap, height = (rows * (cellHeight + Gap)) + Gap;
        var sheet = new Picture(new byte[checked(width * height * pictures.Max(p => p.Channels))], width, height, pictures.Max(p => p.Channels));
        Array.Fill(sheet.Pixels, Paper);
        for (int i = 0; i < pictures.Count; i++)
        {
            Picture picture = pictures[i];
            int left = Gap + (i % columns * (cellWidth + Gap)) + ((cellWidth - picture.Width) / 2);
            int top = Gap + (i / columns * (cellHeight + Gap)) + ((cellHeight - picture.Height) / 2);
            for (int y = 0; y < picture.Height * sheet.Channels; y++)
            {
                var (channel, line) = Math.DivRem(y, picture.Height);
                int source = (Math.Min(channel, picture.Channels - 1) * picture.Height) + line; // grey is the same in all channels
                picture.Pixels.AsSpan(source * picture.Width, picture.Width).CopyTo(sheet.Pixels.AsSpan((((channel * height) + top + line) * width) + left));
            }
        }

        return sheet;
    }
}

/// <summary>Pictures of 8 bits a channel as PNG files.</summary>
internal static class PngFile
{
    /// <summary>Encodes a picture of one or three channels.</summary>
    public static byte[] Encode(Picture picture)
    {
        if (picture.Channels == 1)
        {
            return Encode(picture.Pixels, picture.Width, picture.Height);
        }

        int plane = picture.Width * picture.Height;
        byte[] colors = new byte[4 * plane];
        for (int i = 0; i < 3 * plane; i++)
        {
            colors[(i % plane * 4) + (i / plane)] = picture.Pixels[i];
        }

        return EncodeColor(colors, picture.Width, picture.Height);
    }

    /// <summary>Encodes a grey picture.</summary>
    /// <param name="pixels">[height * width] grey values, row by row; 0 is black.</param>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, SKColorType.Gray8);

    /// <summary>Encodes a colour picture.</summary>
    /// <param name="pixels">[height * width * 4]: red, green, blue and an unused byte of each pixel, row by row.</param>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <exception cref="ArgumentException">The pixels do not fill the picture.</exception>
    public static byte[] EncodeColor(ReadOnlySpan<byte> pixels, int width, int height) => Encode(pixels, width, height, SKColorType.Rgb888x);

    /// <summary>A grey picture as a <c>data:</c> address that a page can hold in itself.</summary>
    public static string ToDataUri(ReadOnlySpan<byte> pixels, int width, int height) =>
        "data:image/png;base64," + Convert.ToBase64String(Encode(pixels, width, height));

    // Pixels without a colour space are written as they are.
    private static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, SKColorType type)
    {
        var info = new SKImageInfo(width, height, type, SKAlphaType.Opaque);
        if (width <= 0 || height <= 0 || pixels.Length != info.BytesSize64)
        {
            throw new ArgumentException($"{pixels.Length} bytes do not make a picture of {width} x {height} pixels of {info.BytesPerPixel}.", nameof(pixels));
        }

        using SKImage image = SKImage.FromPixelCopy(info, pixels);
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
