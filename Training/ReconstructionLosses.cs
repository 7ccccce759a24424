using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>The losses as tensors.</summary>
internal static class ReconstructionLosses
{
    /// <summary>The mean loss over pixels and images, a scalar.</summary>
    public static Tensor Compute(ReconstructionLoss loss, Tensor output, Tensor target) => loss switch
    {
        ReconstructionLoss.MeanSquaredError => functional.mse_loss(output, target),
        ReconstructionLoss.BinaryCrossEntropy => functional.binary_cross_entropy(output, target),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "Unknown loss."),
    };
}
