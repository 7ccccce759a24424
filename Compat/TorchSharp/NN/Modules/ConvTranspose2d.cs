using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, in_channels, H, W] to [N, out_channels, H', W'], the gradient of a convolution taken as a layer.</summary>
public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose2d), shape, bias, padding_mode, device, dtype) { }

    private protected override Tensor Apply(Tensor input) => Spread(input, 2, Op.conv_transpose2d_input);
}
