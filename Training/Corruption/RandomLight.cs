using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Multiplies each image by a number of its own and clips the result to [0, 1], as another exposure would.</summary>
public sealed record RandomGain : ICorruption
{
    /// <summary>Draws for each image a factor, uniform between two limits.</summary>
    /// <param name="least">Smallest factor, 0 or more.</param>
    /// <param name="most">Largest factor, at least <paramref name="least"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is outside its range.</exception>
    public RandomGain(double least, double most)
    {
        Least = double.IsFinite(least) && least >= 0
            ? least
            : throw new ArgumentOutOfRangeException(nameof(least), least, "The smallest gain must be a finite number, 0 or more.");
        Most = double.IsFinite(most) && most >= least
            ? most
            : throw new ArgumentOutOfRangeException(nameof(most), most, "The largest gain must be a finite number, no less than the smallest.");
    }

    /// <summary>Smallest factor.</summary>
    public double Least { get; }

    /// <summary>Largest factor.</summary>
    public double Most { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        Tensor factor = empty(CorruptionTools.Column(clean)).uniform_(Least, Most, generator).to(clean.device); // [N, 1, ...]
        return (clean * factor).clamp_(0.0, 1.0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("gain", Least, Most);
}

/// <summary>Raises each image's pixels to a power of its own: below 1 greys become lighter, above 1 darker; black and white stay.</summary>
public sealed record RandomGamma : ICorruption
{
    /// <summary>Draws for each image an exponent exp(u), u uniform between minus and plus a limit.</summary>
    /// <param name="limit">Largest u, from 0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public RandomGamma(double limit) => Limit = CorruptionTools.Require(limit, 3, nameof(limit), "The logarithm of a gamma");

    /// <summary>Largest logarithm of the exponent.</summary>
    public double Limit { get; }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        Tensor exponent = empty(CorruptionTools.Column(clean)).uniform_(-Limit, Limit, generator).exp().to(clean.device); // [N, 1, ...]
        return (clean.log() * exponent).exp().MoveToOuterDisposeScope(); // black, whose logarithm is minus infinity, stays black
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("gamma", Limit);
}
