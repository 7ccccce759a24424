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
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        functional.binary_cross_entropy(pass.Output, target);
}
