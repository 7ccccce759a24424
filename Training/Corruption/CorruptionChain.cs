using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Several corruptions, one after the other.</summary>
public sealed class CorruptionChain : ICorruption
{
    private readonly ICorruption[] steps;

    /// <summary>Chains corruptions in the order given.</summary>
    /// <param name="steps">At least one.</param>
    /// <exception cref="ArgumentException"><paramref name="steps"/> is empty.</exception>
    public CorruptionChain(params IEnumerable<ICorruption> steps)
    {
        this.steps = [.. steps];
        if (this.steps.Length == 0)
        {
            throw new ArgumentException("A chain of corruptions needs at least one; pass null where images should stay clean.", nameof(steps));
        }
    }

    /// <inheritdoc/>
    public ICorruption? Noise => steps.Select(step => step.Noise).OfType<ICorruption>().ToArray() switch
    {
        [] => null,
        [var only] => only,
        var several => new CorruptionChain(several),
    };

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator) => steps.Aggregate(clean, (images, step) => step.Apply(images, generator));

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", steps.AsEnumerable());
}
