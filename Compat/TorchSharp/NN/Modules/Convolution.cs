using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions have in common.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name)
    {
        if (shape.Transposed && padding_mode != PaddingModes.Zeros)
        {
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
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
        this.padding_mode = padding_mode;

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

    internal bool transposed { get; }

    public PaddingModes padding_mode { get; set; }

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
    private protected bool ValidateShape(Tensor input, long dimensions)
    {
        long[] shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) ||
               (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }

    private protected void RequireShape(Tensor input, int dimensions)
    {
        if (!ValidateShape(input, dimensions))
        {
            throw new ArgumentException(
                $"Expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels to {GetName()}.");
        }
    }

    /// <summary>The convolution, its padding a number or a name, or done beforehand where it is not of zeros.</summary>
    private protected Tensor Convolve(Tensor input, int dimensions, Operator byNumber, Operator byName)
    {
        RequireShape(input, dimensions);
        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = Op.pad.Call(input, PaddingOfSides(), padding_mode.ToString().ToLowerInvariant());
            return byNumber.Call(padded, weight, bias, stride, new long[dimensions], dilation, groups);
        }

        return padding_type is { } type
            ? byName.Call(input, weight, bias, stride, type == Padding.Same ? "same" : "valid", dilation, groups)
            : byNumber.Call(input, weight, bias, stride, padding, dilation, groups);
    }

    // Two numbers a dimension, the last dimension first; the original forgets the reversal for Padding.Same.
    private long[] PaddingOfSides()
    {
        if (padding is not null)
        {
            return [.. padding.Reverse().SelectMany(width => (long[])[width, width])];
        }

        return padding_type == Padding.Valid
            ? new long[2 * kernel_size.Length]
            : [.. kernel_size.Zip(dilation, (size, step) => step * (size - 1)).SelectMany(both => (long[])[both / 2, both - both / 2])];
    }
}
