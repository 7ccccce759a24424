using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Adds a normally distributed number to every pixel and clips the result to [0, 1].</summary>
/// <remarks>
/// Clipping is part of it: a camera's pixels end at black and white too, and a network that is scored on images in
/// [0, 1] should have been trained on nothing else. A mean above zero brightens, as dense-49-denoise does with N(0.5, 0.5).
/// </remarks>
public sealed record GaussianNoise : ICorruption
{
    /// <summary>Noise of a mean and a standard deviation, in units of the pixel range.</summary>
    /// <param name="mean">Mean of the noise; 0 keeps the picture's brightness.</param>
    /// <param name="standardDeviation">Spread of the noise; 0.5 leaves outlines visible.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative, or one of the two is not a number.</exception>
    public GaussianNoise(double mean, double standardDeviation)
    {
        if (!double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean of the noise must be a finite number.");
        }

        if (!double.IsFinite(standardDeviation) || standardDeviation < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "The standard deviation of the noise must be 0 or more.");
        }

        Mean = mean;
        StandardDeviation = standardDeviation;
    }

    /// <summary>Mean of the noise.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of the noise.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        return empty(clean.shape, dtype: clean.dtype, device: clean.device)
            .normal_(Mean, StandardDeviation, generator)
            .add_(clean)
            .clamp_(0.0, 1.0);
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("gaussian", Mean, StandardDeviation);
}

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
    public override string ToString() => TermNotation.Write("masking", Fraction);
}

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
    public override string ToString() => TermNotation.Write("salt-and-pepper", Fraction);
}
