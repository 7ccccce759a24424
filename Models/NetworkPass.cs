using static TorchSharp.torch;

namespace OnnxAE.Models;

/// <summary>What a network computed for a batch. The tensors belong to the dispose scope that was open.</summary>
/// <param name="Code">[N, code]: the encoder's output; a variational network's means.</param>
/// <param name="Output">[N, pixels] rebuilt, or [N, classes] logits of a classifier.</param>
public readonly record struct NetworkPass(Tensor Code, Tensor Output)
{
    /// <summary>[N, pixels] before the sigmoid that ends the decoder; null where none ends it.</summary>
    public Tensor? Logits { get; init; }

    /// <summary>[N, code]: logarithms of the codes' variances; null unless the network is variational.</summary>
    public Tensor? LogVariance { get; init; }

    /// <summary>[N, projection]: what a contrastive loss compares; null where the network has no projector.</summary>
    public Tensor? Projection { get; init; }
}
