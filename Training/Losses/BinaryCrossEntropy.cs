using System.Runtime.InteropServices;
using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>bce</c>: -(t ln y + (1 - t) ln(1 - y)), the mean over pixels and images, logarithms cut off at -100; the outputs must lie
/// in [0, 1]. Times the number of pixels it is the negative log-likelihood of an image of Bernoulli pixels: 784 for 28x28
/// (Hinton and Salakhutdinov, 2006; Kingma and Welling, 2014, arXiv:1312.6114, appendix C.1). The error of documents 002 and 004.
/// </summary>
/// <param name="weight">What the mean is multiplied by.</param>
public sealed class BinaryCrossEntropy(double weight = 1) : LossTerm("bce", weight)
{
    /// <inheritdoc/>
    public override bool IsError => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network's outputs don't lie in [0, 1].</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        Tensor output = RequireShape(pass.Output, target);
        try
        {
            return functional.binary_cross_entropy(output, target);
        }
        catch (ExternalException exception)
        {
            // libtorch asks for [0, 1] and refuses NaN with the same words: a run whose weights are NaN has diverged, and
            // its trainer must hear of it as a loss.
            Tensor mean = output.mean();
            return float.IsNaN(mean.item<float>())
                ? mean
                : throw new ArgumentException("The loss 'bce' needs outputs between 0 and 1, and this network gave others; use mse, or bce-logits behind a sigmoid.", nameof(model), exception);
        }
    }
}
