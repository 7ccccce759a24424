using System.Globalization;
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
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"gaussian({Mean}, {StandardDeviation})");
}
