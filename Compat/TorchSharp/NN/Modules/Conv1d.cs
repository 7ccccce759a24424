using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, in_channels, L] to [N, out_channels, L'].</summary>
public sealed class Conv1d : Convolution
{
    internal Conv1d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv1d), shape, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input) => Convolve(input, 1, Op.conv1d, Op.conv1d_padding);
}
