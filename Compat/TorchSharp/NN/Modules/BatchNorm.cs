using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalizes each channel over the batch.</summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (training)
        {
            num_batches_tracked?.add_(1);
        }

        bool fromBatch = training || (running_mean is null && running_var is null);
        return Op.batch_norm.Call(
            input, FindParameter(nameof(weight)), bias, running_mean, running_var, fromBatch, momentum ?? 0, eps, false);
    }
}
