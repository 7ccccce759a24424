using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>One term of a loss, such as <c>bce</c> or <c>kl</c>.</summary>
/// <param name="Name">The term's name in the notation.</param>
/// <param name="Value">Its value before it is weighted, a scalar without gradients.</param>
public readonly record struct ObjectivePart(string Name, Tensor Value);
