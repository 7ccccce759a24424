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
