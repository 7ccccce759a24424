using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Several corruptions, one after the other; neighbouring deformations are added up, so that pictures are interpolated once.</summary>
public sealed class CorruptionChain : ICorruption
{
    private readonly ICorruption[] steps;
    private readonly ICorruption[] passes; // the steps, neighbouring deformations as one

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

        passes = [.. Join(this.steps)];
    }

    /// <inheritdoc/>
    public Tensor Apply(Tensor clean, Generator generator) => passes.Aggregate(clean, (images, pass) => pass.Apply(images, generator));

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", steps.AsEnumerable());

    private static IEnumerable<ICorruption> Join(ICorruption[] steps)
    {
        for (int i = 0; i < steps.Length;)
        {
            IDeformation[] deformations = [.. steps.Skip(i).TakeWhile(step => step is IDeformation).Cast<IDeformation>()];
            yield return deformations.Length > 1 ? new JointDeformation(deformations) : steps[i];
            i += Math.Max(deformations.Length, 1);
        }
    }
}
