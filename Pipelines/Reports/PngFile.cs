using SkiaSharp;

namespace OnnxAE.Pipelines;

/// <summary>Pictures of 8 bits a channel as PNG files.</summary>
internal static class PngFile
{
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
