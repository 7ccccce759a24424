using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// What training minimises. The trainer calls it once a batch; its <c>ToString</c> is the notation that
/// <see cref="ObjectiveNotation.Parse"/> reads back.
/// </summary>
public interface IObjective
{
    /// <summary>Whether <see cref="StepContext.Labels"/> are needed: for classifiers.</summary>
    bool NeedsLabels => false;

    /// <summary>How often each image of a batch is damaged anew and shown; more than once for losses that compare views of an image.</summary>
    int Views => 1;

    /// <summary>Epochs in which the loss is not yet the one of the rest of the run, since the weight of a term still grows; 0 for none.</summary>
    double WarmUpEpochs => 0;

    /// <summary>Runs the network on a batch and compares. Gradients flow from the loss; the tensors belong to the open dispose scope.</summary>
    /// <param name="model">The network, in training or in evaluation mode.</param>
    /// <param name="input">
    /// Pixels in [0, 1], damaged where the run has a corruption, [N, InputSize]: first views of all images, then their second ones.
    /// </param>
    /// <param name="target">The clean pixels, [N, InputSize], as often.</param>
    /// <param name="context">Where the run stands, and its randomness.</param>
    /// <exception cref="ArgumentException">The network is none that this objective can be used with.</exception>
    ObjectiveValue Compute(EncoderNetwork model, Tensor input, Tensor target, in StepContext context);
}
