using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>kl(beta, warmup)</c>: KL(N(mean, variance) || N(0, 1)) of a variational network's codes, in nats, the sum over code
/// dimensions and the mean over images: 1/2 sum(mean^2 + variance - 1 - ln variance) (Kingma and Welling, 2014,
/// arXiv:1312.6114, appendix B).
/// </summary>
/// <remarks>
/// Document 003 prints the formula with the opposite sign. Weights other than 1 are beta-VAEs (Higgins et al., 2017); a warm-up
/// keeps codes from being given up before the decoder can use them (Bowman et al., 2016, arXiv:1511.06349; Sønderby et al.,
/// 2016, arXiv:1602.02282).
/// </remarks>
public sealed class KlDivergence : LossTerm
{
    /// <summary>The divergence with a weight that may grow from nothing.</summary>
    /// <param name="beta">The weight; 1 makes the loss the negative evidence lower bound.</param>
    /// <param name="warmUpEpochs">Epochs over which the weight grows from 0 in a straight line; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not finite.</exception>
    public KlDivergence(double beta = 1, double warmUpEpochs = 0)
        : base("kl", beta) => WarmUpEpochs = double.IsFinite(warmUpEpochs) && warmUpEpochs >= 0
            ? warmUpEpochs
            : throw new ArgumentOutOfRangeException(nameof(warmUpEpochs), warmUpEpochs, "The warm-up of 'kl' must be 0 or more epochs.");

    /// <inheritdoc/>
    public override double WarmUpEpochs { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<double> Arguments => WarmUpEpochs > 0 ? [Weight, WarmUpEpochs] : base.Arguments;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network isn't variational.</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (pass.LogVariance is not { } logVariance)
        {
            throw new ArgumentException("The loss 'kl' is for variational autoencoders, and this network has no variances.", nameof(model));
        }

        Tensor each = pass.Code.square() + logVariance.exp() - 1 - logVariance; // [N, code]
        return each.sum() * (0.5 / each.shape[0]);
    }
}
