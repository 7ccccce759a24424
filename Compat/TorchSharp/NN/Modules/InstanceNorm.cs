using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalizes each channel of each row by itself, or by statistics of its training where it keeps some.</summary>
public abstract class InstanceNorm : NormBase
{
    private protected InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum ?? 0.1, affine, track_running_stats, device, dtype, name) { }

    private protected abstract int BatchDimensions { get; }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        int dimension = (int)input.ndim - BatchDimensions;
        if (input.shape[dimension] != num_features)
        {
            throw new ArgumentException(
                $"expected input's size at dim={dimension} to match num_features ({num_features}), but got: {input.shape[dimension]}.");
        }

        if (dimension > 0)
        {
            return Normalize(input);
        }

        using var batch = input.unsqueeze(0);
        using var result = Normalize(batch);
        return result.squeeze(0);
    }

    private Tensor Normalize(Tensor input) => Op.instance_norm.Call(
        input, FindParameter(nameof(weight)), bias, running_mean, running_var, training || !track_running_stats, momentum ?? 0.1, eps, false);
}
