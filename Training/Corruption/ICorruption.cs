using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Damages images while their clean versions stay the target. An implementation draws only from the generator that it
/// is given, so that a run's seed decides every corrupted pixel; its <c>ToString</c> is the notation that
/// <see cref="CorruptionNotation.Parse"/> reads back.
/// </summary>
public interface ICorruption
{
    /// <summary>Returns damaged images and leaves the clean ones as they are.</summary>
    /// <param name="clean">Pixels in [0, 1], any shape.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <returns>Pixels in [0, 1], of the same shape.</returns>
    Tensor Apply(Tensor clean, Generator generator);
}
