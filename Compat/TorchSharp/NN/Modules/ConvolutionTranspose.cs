using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions have in common.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    private protected ConvolutionTranspose(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name, shape, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input) => Apply(input);

    private protected abstract Tensor Apply(Tensor input);
}
