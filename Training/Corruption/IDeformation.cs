using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>A corruption that reads each pixel from another place. Several in a row are one: pictures are interpolated only once.</summary>
internal interface IDeformation : ICorruption
{
    /// <summary>Moves the places where pixels are read.</summary>
    /// <param name="places">[N, side, side, 2], x and y in [-1, 1] across the picture; left as they are.</param>
    /// <param name="shape">The pictures' shape, [N, 1, side, side].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>The places moved, of the same shape.</returns>
    Tensor Move(Tensor places, long[] shape, Generator generator);
}

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
