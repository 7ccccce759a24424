using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary><c>cross-entropy</c>: -ln of the probability that a classifier gives to the right class, in nats, the mean over images (Bishop, Pattern Recognition and Machine Learning, 2006, equation 4.108).</summary>
/// <param name="weight">What the mean is multiplied by.</param>
public sealed class CrossEntropy(double weight = 1) : LossTerm("cross-entropy", weight)
{
    /// <inheritdoc/>
    public override bool IsError => true;

    /// <inheritdoc/>
    public override bool NeedsLabels => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network is no classifier, or there are no labels.</exception>
    public override Tensor Compute(EncoderNetwork model, in NetworkPass pass, Tensor input, Tensor target, in StepContext context)
    {
        if (model is not EncoderClassifier)
        {
            throw new ArgumentException("The loss 'cross-entropy' is for classifiers, and this network is an autoencoder; use mse or bce.", nameof(model));
        }

        return functional.cross_entropy(
            pass.Output, context.Labels ?? throw new ArgumentException("The loss 'cross-entropy' needs labels, and the images have none.", nameof(context)));
    }
}
