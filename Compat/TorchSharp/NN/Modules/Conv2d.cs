using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>[N, in_channels, H, W] to [N, out_channels, H', W'].</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), shape, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input)
    {
        if (!ValidateShape(input, 2))
        {
            throw new ArgumentException($"Expected 3D (unbatched) or 4D (batched) input with {in_channels} channels to Conv2d.");
        }

        return padding_type is { } type
            ? Op.conv2d_padding.Call(input, weight, bias, stride, type == Padding.Same ? "same" : "valid", dilation, groups)
            : Op.conv2d.Call(input, weight, bias, stride, padding, dilation, groups);
    }
}
