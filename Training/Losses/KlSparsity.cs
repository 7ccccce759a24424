using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>sparsity(target, weight)</c>: KL(target || mean activation), in nats, the sum over code units; a unit's mean is over the
/// batch's images. Both are taken as probabilities of being on, so the code must lie in [0, 1], as behind a sigmoid (Lee,
/// Ekanadham and Ng, 2008; Ng, CS294A notes on sparse autoencoders, 2011).
/// </summary>
public sealed class KlSparsity : LossTerm
{
    private const double Edge = 1e-6; // a unit that is off for the whole batch has an infinite divergence and no gradient

    /// <summary>Pulls mean activations to a target.</summary>
    /// <param name="target">The mean activation wanted, between 0 and 1; document 003 has 0.2.</param>
    /// <param name="weight">What the sum is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is not between 0 and 1, or the weight not above 0.</exception>
    public KlSparsity(double target, double weight)
        : base("sparsity", weight) => Target = target is > 0 and < 1
            ? target
            : throw new ArgumentOutOfRangeException(nameof(target), target, "The target of 'sparsity' must lie between 0 and 1.");

    /// <summary>The mean activation wanted.</summary>
    public double Target { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Arguments => [Target, Weight];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The codes don't lie in [0, 1].</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        // NaN passes: a run that has diverged hears of it as a loss.
        if (pass.Code.min().item<float>() < 0 || pass.Code.max().item<float>() > 1)
        {
            throw new ArgumentException("The loss 'sparsity' needs codes between 0 and 1, as behind a sigmoid, and this network gave others; use l1.", nameof(model));
        }

        Tensor on = pass.Code.mean([0]).clamp(Edge, 1 - Edge); // [code]
        double entropy = (Target * Math.Log(Target)) + ((1 - Target) * Math.Log(1 - Target));
        return (entropy - (Target * on.log()) - ((1 - Target) * (1 - on).log())).sum();
    }
}
