using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions have in common.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    private protected ConvolutionTranspose(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name, shape, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input) => Apply(input);

    private protected abstract Tensor Apply(Tensor input);

    private protected Tensor Spread(Tensor input, int dimensions, Operator transposed)
    {
        RequireShape(input, dimensions);

        // Its first number serves every dimension, as in the original.
        long[] outputPadding = [output_padding[0]];
        return transposed.Call(input, weight, bias, stride, padding, outputPadding, groups, dilation);
    }
}
