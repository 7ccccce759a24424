using System.Globalization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Sets each pixel to black with a given probability (Vincent et al., 2008: the first denoising autoencoders).</summary>
public sealed record MaskingNoise : ICorruption
{
    /// <summary>Masks a fraction of the pixels.</summary>
    /// <param name="fraction">Probability that a pixel is lost, from 0 up to and excluding 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside [0, 1).</exception>
    public MaskingNoise(double fraction)
    {
        if (!(fraction >= 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The masked fraction must lie in [0, 1).");
        }

        Fraction = fraction;
    }

    /// <summary>Probability that a pixel is lost.</summary>
    public double Fraction { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        return empty(clean.shape, dtype: clean.dtype, device: clean.device)
            .bernoulli_(1 - Fraction, generator)
            .mul_(clean);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"masking({Fraction})");
}
