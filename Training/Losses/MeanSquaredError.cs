using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>mse</c>: (output - target)^2, the mean over pixels and images; any output range. Times half the number of pixels it is,
/// but for a constant, the negative log-likelihood of an image under a normal distribution of variance 1 around the output
/// (Kingma and Welling, 2014, arXiv:1312.6114, appendix C.2). The error of documents 000, 001 and 003.
/// </summary>
/// <param name="weight">What the mean is multiplied by.</param>
public sealed class MeanSquaredError(double weight = 1) : LossTerm("mse", weight)
{
    /// <inheritdoc/>
    public override bool IsError => true;

    /// <inheritdoc/>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        functional.mse_loss(RequireShape(pass.Output, target), target);
}
