using System.Globalization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Sets each pixel, with a given probability, to black or to white, as likely the one as the other (Vincent et al., 2010).</summary>
public sealed record SaltAndPepperNoise : ICorruption
{
    /// <summary>Spoils a fraction of the pixels.</summary>
    /// <param name="fraction">Probability that a pixel is spoilt, from 0 up to and excluding 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside [0, 1).</exception>
    public SaltAndPepperNoise(double fraction) => Fraction = fraction is >= 0 and < 1
        ? fraction
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The spoilt fraction must lie in [0, 1).");

    /// <summary>Probability that a pixel is spoilt.</summary>
    public double Fraction { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        // One draw decides: the lowest part of the unit interval is black, the next one white, the rest keeps the pixel.
        using Tensor drawn = empty(clean.shape, dtype: clean.dtype, device: clean.device).uniform_(0, 1, generator);
        using Tensor white = drawn.lt(Fraction);
        using Tensor black = drawn.lt(Fraction / 2);
        return clean.masked_fill(white, 1).masked_fill_(black, 0);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"salt-and-pepper({Fraction})");
}
