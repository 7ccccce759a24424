using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, in_channels, H, W] to [N, out_channels, H', W'].</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), shape, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input) => Convolve(input, 2, Op.conv2d, Op.conv2d_padding);
}
