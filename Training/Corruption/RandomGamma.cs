using System.Globalization;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Raises each image's pixels to a power of its own: below 1 greys become lighter, above 1 darker; black and white stay.</summary>
public sealed record RandomGamma : ICorruption
{
    /// <summary>Draws for each image an exponent exp(u), u uniform between minus and plus a limit.</summary>
    /// <param name="limit">Largest u, from 0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public RandomGamma(double limit) => Limit = limit is >= 0 and <= 3
        ? limit
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "The logarithm of a gamma must lie between 0 and 3.");

    /// <summary>Largest logarithm of the exponent.</summary>
    public double Limit { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        Tensor exponent = empty(Share.Column(clean)).uniform_(-Limit, Limit, generator).exp().to(clean.device); // [N, 1, ...]
        return (clean.log() * exponent).exp().MoveToOuterDisposeScope(); // black, whose logarithm is minus infinity, stays black
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"gamma({Limit})");
}
