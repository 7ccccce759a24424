using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary><c>gaussian(mean, deviation)</c>: adds a normally distributed number to every value; pixels are clipped to [0, 1].</summary>
/// <remarks>
/// Clipping is part of it: a camera's pixels end at black and white too, and a network that is scored on images in
/// [0, 1] should have been trained on nothing else. A mean above zero brightens, as dense-49-denoise does with N(0.5, 0.5).
/// A deviation of 0.5 leaves outlines visible.
/// </remarks>
internal sealed record GaussianNoise(double Mean, double StandardDeviation) : ICorruption
{
    public double Mean { get; } = double.IsFinite(Mean)
        ? Mean
        : throw new ArgumentOutOfRangeException(nameof(Mean), Mean, "The mean of the noise must be a finite number.");

    public double StandardDeviation { get; } = double.IsFinite(StandardDeviation) && StandardDeviation >= 0
        ? StandardDeviation
        : throw new ArgumentOutOfRangeException(nameof(StandardDeviation), StandardDeviation, "The standard deviation of the noise must be 0 or more.");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        Tensor noisy = empty(clean.shape, dtype: clean.dtype, device: clean.device).normal_(Mean, StandardDeviation, generator).add_(clean);
        return clean.Dimensions == 4 ? noisy.clamp_(0.0, 1.0) : noisy; // numbers of a table have no ends
    }

    public override string ToString() => TermNotation.Write("gaussian", Mean, StandardDeviation);
}

/// <summary><c>masking(fraction)</c>: sets each pixel to black with a given probability (Vincent et al., 2008: the first denoising autoencoders).</summary>
internal sealed record MaskingNoise(double Fraction) : ICorruption
{
    public double Fraction { get; } = Fraction is >= 0 and < 1
        ? Fraction
        : throw new ArgumentOutOfRangeException(nameof(Fraction), Fraction, "The masked fraction must lie in [0, 1).");

    public Tensor Apply(Tensor clean, Generator generator) => empty(clean.shape, dtype: clean.dtype, device: clean.device)
        .bernoulli_(1 - Fraction, generator)
        .mul_(clean);

    public override string ToString() => TermNotation.Write("masking", Fraction);
}

/// <summary>
/// <c>salt-and-pepper(fraction)</c>: sets each pixel, with a given probability, to black or to white, as likely the one as the other
/// (Vincent et al., 2010).
/// </summary>
internal sealed record SaltAndPepperNoise(double Fraction) : ICorruption
{
    public double Fraction { get; } = Fraction is >= 0 and < 1
        ? Fraction
        : throw new ArgumentOutOfRangeException(nameof(Fraction), Fraction, "The spoilt fraction must lie in [0, 1).");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        // One draw decides: the lowest part of the unit interval is black, the next one white, the rest keeps the pixel.
        using Tensor drawn = empty(clean.shape, dtype: clean.dtype, device: clean.device).uniform_(0, 1, generator);
        using Tensor white = drawn.lt(Fraction);
        using Tensor black = drawn.lt(Fraction / 2);
        return clean.masked_fill(white, 1).masked_fill_(black, 0);
    }

    public override string ToString() => TermNotation.Write("salt-and-pepper", Fraction);
}
