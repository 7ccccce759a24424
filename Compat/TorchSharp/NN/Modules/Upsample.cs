using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes images [N, C, H, W] larger, to a size or by factors.</summary>
public sealed class Upsample : nn.Module<Tensor, Tensor>
{
    private readonly long[]? _size;
    private readonly double[]? _scaleFactor;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
        if (mode is not (UpsampleMode.Nearest or UpsampleMode.Bilinear))
        {
            throw new NotSupportedException($"UpsampleMode.{mode} is not part of the system stack: Nearest and Bilinear are.");
        }

        _size = size;
        _scaleFactor = scale_factor;
        this.mode = mode;
        this.align_corners = align_corners;
        this.recompute_scale_factor = recompute_scale_factor;
    }

    public ReadOnlySpan<long> size => _size;

    public ReadOnlySpan<double> scale_factor => _scaleFactor;

    public UpsampleMode mode { get; }

    public bool? align_corners { get; }

    public bool? recompute_scale_factor { get; set; }

    public override Tensor forward(Tensor input)
    {
        if (input.ndim != 4)
        {
            throw new NotSupportedException($"Upsample takes images [N, C, H, W] on the system stack, not a tensor of {input.ndim} dimensions.");
        }

        return mode == UpsampleMode.Nearest
            ? Op.upsample_nearest2d_vec.Call(input, _size, _scaleFactor)
            : Op.upsample_bilinear2d_vec.Call(input, _size, align_corners ?? false, _scaleFactor);
    }
}
