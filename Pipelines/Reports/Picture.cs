namespace OnnxAE.Pipelines;

/// <summary>A grey picture.</summary>
/// <param name="Pixels">[height * width], row by row; 0 is black.</param>
/// <param name="Width">Pixels a line.</param>
/// <param name="Height">Lines.</param>
internal sealed record Picture(byte[] Pixels, int Width, int Height)
{
    /// <summary>A square picture of pixels in [0, 1]; what lies outside is cut off.</summary>
    public static Picture FromUnitRange(ReadOnlySpan<float> pixels, int side) => FromRange(pixels, side, 0, 1);

    /// <summary>A picture of any numbers, <paramref name="low"/> black and <paramref name="high"/> white; places that are left over at the end stay black.</summary>
    public static Picture FromRange(ReadOnlySpan<float> values, int width, float low, float high)
    {
        int height = (values.Length + width - 1) / width;
        var grey = new byte[width * height];
        float scale = high > low ? 255 / (high - low) : 0;
        for (int i = 0; i < values.Length; i++)
        {
            grey[i] = (byte)MathF.Round(Math.Clamp((values[i] - low) * scale, 0, 255)); // not a number: black
        }

        return new Picture(grey, width, height);
    }

    /// <summary>The picture with every pixel as a square.</summary>
    /// <param name="factor">The square's side.</param>
    public Picture Enlarge(int factor)
    {
        var larger = new Picture(new byte[checked(Pixels.Length * factor * factor)], Width * factor, Height * factor);
        for (int y = 0; y < larger.Height; y++)
        {
            for (int x = 0; x < larger.Width; x++)
            {
                larger.Pixels[(y * larger.Width) + x] = Pixels[(y / factor * Width) + (x / factor)];
            }
        }

        return larger;
    }
}
