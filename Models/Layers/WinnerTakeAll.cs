using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// Keeps the largest value of each feature map and sets the others to 0 (spatial sparsity); in training it also keeps a map's
/// winner only in the share of the batch's images where it is largest (lifetime sparsity). Makhzani and Frey, 2015, section 3.
/// </summary>
public sealed class WinnerTakeAll : Module<Tensor, Tensor>
{
    /// <summary>Sets the share of images in which a map may win.</summary>
    /// <param name="lifetime">Above 0, up to 1, which keeps every image's winner.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1].</exception>
    public WinnerTakeAll(double lifetime)
        : base(nameof(WinnerTakeAll)) => Lifetime = lifetime is > 0 and <= 1
            ? lifetime
            : throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "The share of images in which a map may win must lie above 0 and up to 1.");

    /// <summary>Share of a training batch's images in which a map may win.</summary>
    public double Lifetime { get; }

    /// <summary>[N, maps, height, width], 0 or more as behind a ReLU -> the same shape, at most one value a map that isn't 0.</summary>
    /// <param name="input">The feature maps.</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor flat = input.detach().flatten(2); // [N, maps, height * width]
        (Tensor largest, Tensor places) = flat.max(2, keepdim: true); // [N, maps, 1]; the first of equal values, as ONNX has it
        Tensor wins = arange(flat.shape[2], dtype: ScalarType.Int64, device: input.device).eq(places);
        Tensor kept = wins.logical_and(LifetimeMask(largest)).to_type(input.dtype).reshape(input.shape);
        return (input * kept).MoveToOuterDisposeScope();
    }

    private Tensor LifetimeMask(Tensor largest)
    {
        long images = largest.shape[0];
        int winners = training ? (int)Math.Max(1, Math.Ceiling(Lifetime * images)) : (int)images;
        (Tensor best, _) = largest.topk(winners, dim: 0, largest: true, sorted: true); // [winners, maps, 1]
        return largest.ge(best.narrow(0, winners - 1, 1)); // against [1, maps, 1]
    }
}
