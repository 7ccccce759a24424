using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Rows of pixels taken as square pictures.</summary>
internal static class SquareImages
{
    /// <summary>[N, 1, side, side] for rows [N, side * side].</summary>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public static long[] Shape(Tensor images, string what)
    {
        long count = images.shape[0];
        long pixels = images.numel() / Math.Max(count, 1);
        long side = (long)Math.Sqrt(pixels);
        return side * side == pixels
            ? [count, 1, side, side]
            : throw new ArgumentException($"Images of {pixels} pixels are not square; {what} needs square ones.", nameof(images));
    }
}
