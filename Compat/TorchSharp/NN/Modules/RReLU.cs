using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Negative numbers times the mean of two slopes: the original's draws nothing, in training either.</summary>
public sealed class RReLU : nn.Module<Tensor, Tensor>
{
    internal RReLU(double lower, double upper, bool inplace) : base(nameof(RReLU))
    {
        this.lower = lower;
        this.upper = upper;
        this.inplace = inplace;
    }

    public double lower { get; set; }

    public double upper { get; set; }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.rrelu_.CallInPlace(tensor, lower, upper).alias() : Op.rrelu.Call(tensor, lower, upper);
}
