using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The loss of a batch.</summary>
/// <param name="Loss">What is minimised, a scalar: the mean over the batch.</param>
/// <param name="Parts">What it is the weighted sum of.</param>
public readonly record struct ObjectiveValue(Tensor Loss, IReadOnlyList<ObjectivePart> Parts);
