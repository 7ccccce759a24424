using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// <c>l1(weight)</c>: absolute values of the code, the sum over its units and the mean over images; it drives units that an
/// image doesn't need to 0 (Goodfellow, Bengio and Courville, Deep Learning, 2016, section 14.2.1).
/// </summary>
/// <remarks>Keras, where document 002 takes its penalty from, has summed over the batch or averaged over it, depending on its version.</remarks>
/// <param name="weight">What the mean is multiplied by; document 002 has 1e-5.</param>
public sealed class CodeL1(double weight) : LossTerm("l1", weight)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<double> Arguments => [Weight];

    /// <inheritdoc/>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context) =>
        pass.Code.abs().sum() / (float)pass.Code.shape[0];
}
