using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The loss of a batch.</summary>
/// <param name="Loss">What is minimised, a scalar: the mean over the batch.</param>
/// <param name="Parts">What it is the weighted sum of.</param>
public readonly record struct ObjectiveValue(Tensor Loss, IReadOnlyList<ObjectivePart> Parts);

/// <summary>One term of a loss, such as <c>bce</c> or <c>kl</c>.</summary>
/// <param name="Name">The term's name in the notation.</param>
/// <param name="Value">Its value before it is weighted, a scalar without gradients.</param>
public readonly record struct ObjectivePart(string Name, Tensor Value);
