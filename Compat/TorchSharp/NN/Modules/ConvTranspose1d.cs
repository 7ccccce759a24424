using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, in_channels, L] to [N, out_channels, L'], the gradient of a convolution taken as a layer.</summary>
public sealed class ConvTranspose1d : ConvolutionTranspose
{
    internal ConvTranspose1d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose1d), shape, bias, padding_mode, device, dtype) { }

    private protected override Tensor Apply(Tensor input) => Spread(input, 1, Op.conv_transpose1d);
}
