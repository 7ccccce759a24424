using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>bce-logits</c>: the number that <see cref="BinaryCrossEntropy"/> gives, computed from the values before the decoder's
/// closing sigmoid: max(x, 0) - x t + ln(1 + exp(-|x|)), which neither overflows nor loses its gradient
/// (Goodfellow, Bengio and Courville, Deep Learning, 2016, section 6.2.2.2).
/// </summary>
/// <param name="weight">What the mean over pixels and images is multiplied by.</param>
public sealed class BinaryCrossEntropyWithLogits(double weight = 1) : LossTerm("bce-logits", weight)
{
    /// <inheritdoc/>
    public override bool IsError => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network's decoder doesn't end in a sigmoid.</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        pass.Logits is { } logits
            ? functional.binary_cross_entropy_with_logits(RequireShape(logits, target), target)
            : throw new ArgumentException("The loss 'bce-logits' needs a decoder that ends in a sigmoid, and this one doesn't; use mse.", nameof(model));
}
