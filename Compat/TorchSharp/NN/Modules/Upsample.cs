using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Makes sequences [N, C, L] and images [N, C, H, W] larger, to a size or by factors.</summary>
public sealed class Upsample : nn.Module<Tensor, Tensor>
{
    private readonly long[]? _size;
    private readonly double[]? _scaleFactor;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
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
        if (mode == UpsampleMode.Nearest && align_corners is not null)
        {
            throw new ExternalException("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
        }

        long[]? to = _size;
        double[]? factors = _scaleFactor;
        if (recompute_scale_factor == true && factors is not null)
        {
            to = [.. factors.Select((factor, i) => (long)Math.Floor(input.shape[2 + i] * factor))];
            factors = null;
        }

        bool corners = align_corners ?? false;
        return (mode, input.ndim) switch
        {
            (UpsampleMode.Nearest, 3) => Op.upsample_nearest1d_vec.Call(input, to, factors),
            (UpsampleMode.Nearest, 4) => Op.upsample_nearest2d_vec.Call(input, to, factors),
            (UpsampleMode.Linear, 3) => Op.upsample_linear1d_vec.Call(input, to, corners, factors),
            (UpsampleMode.Bilinear, 4) => Op.upsample_bilinear2d_vec.Call(input, to, corners, factors),
            (UpsampleMode.Bicubic, 4) => Op.upsample_bicubic2d_vec.Call(input, to, corners, factors),
            _ => throw new NotSupportedException($"Upsample by {mode} of a tensor of {input.ndim} dimensions is not part of the system stack."),
        };
    }
}
