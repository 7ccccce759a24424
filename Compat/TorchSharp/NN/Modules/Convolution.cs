using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions have in common.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (padding_mode != PaddingModes.Zeros)
        {
            throw new NotSupportedException("Only PaddingModes.Zeros is part of the system stack.");
        }

        if (shape.PaddingType == Padding.Same && shape.Stride.Any(step => step != 1))
        {
            throw new ArgumentException("padding='same' is not supported for strided convolutions");
        }

        in_channels = shape.InChannels;
        out_channels = shape.OutChannels;
        kernel_size = shape.KernelSize;
        stride = shape.Stride;
        padding = shape.Padding;
        padding_type = shape.PaddingType;
        dilation = shape.Dilation;
        output_padding = shape.OutputPadding;
        groups = shape.Groups;
        transposed = shape.Transposed;

        weight = new Parameter(empty(shape.WeightSize(), dtype, device));
        this.bias = bias ? new Parameter(empty(out_channels, dtype, device)) : null;
        nn.init.DefaultWeights(weight, this.bias);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    /// <summary>Null where <see cref="padding_type"/> says it.</summary>
    public long[]? padding { get; }

    public Padding? padding_type { get; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public long groups { get; set; }

    public bool transposed { get; }

    public PaddingModes padding_mode { get; set; } = PaddingModes.Zeros;

    public Parameter weight
    {
        get => FindParameter(nameof(weight))!;
        set => ReplaceParameter(nameof(weight), value);
    }

    public Parameter? bias
    {
        get => FindParameter(nameof(bias));
        set => ReplaceParameter(nameof(bias), value);
    }

    /// <summary>With a batch dimension or without one.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        long[] shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) ||
               (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }
}
