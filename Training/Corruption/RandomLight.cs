using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>gain(least, most)</c>: multiplies each image by a number of its own, uniform between two limits, and clips the result to [0, 1],
/// as another exposure would.
/// </summary>
internal sealed record RandomGain(double Least, double Most) : ICorruption
{
    public double Least { get; } = double.IsFinite(Least) && Least >= 0
        ? Least
        : throw new ArgumentOutOfRangeException(nameof(Least), Least, "The smallest gain must be a finite number, 0 or more.");

    public double Most { get; } = double.IsFinite(Most) && Most >= Least
        ? Most
        : throw new ArgumentOutOfRangeException(nameof(Most), Most, "The largest gain must be a finite number, no less than the smallest.");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        Tensor factor = empty(CorruptionTools.Column(clean)).uniform_(Least, Most, generator).to(clean.device); // [N, 1, ...]
        return (clean * factor).clamp_(0.0, 1.0).MoveToOuterDisposeScope();
    }

    public override string ToString() => TermNotation.Write("gain", Least, Most);
}

/// <summary>
/// <c>gamma(limit)</c>: raises each image's pixels to a power of its own, exp(u), u uniform between minus and plus the limit: below 1
/// greys become lighter, above 1 darker; black and white stay.
/// </summary>
internal sealed record RandomGamma(double Limit) : ICorruption
{
    public double Limit { get; } = CorruptionTools.Require(Limit, 3, nameof(Limit), "The logarithm of a gamma");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        Tensor exponent = empty(CorruptionTools.Column(clean)).uniform_(-Limit, Limit, generator).exp().to(clean.device); // [N, 1, ...]
        return (clean.log() * exponent).exp().MoveToOuterDisposeScope(); // black, whose logarithm is minus infinity, stays black
    }

    public override string ToString() => TermNotation.Write("gamma", Limit);
}
