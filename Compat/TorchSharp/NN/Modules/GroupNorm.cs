using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalizes groups of channels of each sample.</summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (affine)
        {
            weight = new Parameter(ones(num_channels, dtype, device));
            bias = new Parameter(zeros(num_channels, dtype, device));
        }
    }

    public long num_groups { get; set; }

    public double eps { get; set; }

    public bool affine { get; set; }

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

    public override Tensor forward(Tensor tensor) => tensor.Dimensions < 3
        ? throw new ArgumentException($"Invalid number of dimensions for GroupNorm argument: {tensor.Dimensions}")
        : Op.group_norm.Call(tensor, num_groups, FindParameter(nameof(weight)), bias, eps);
}
