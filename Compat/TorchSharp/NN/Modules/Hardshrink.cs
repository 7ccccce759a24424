using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where it is further from 0 than lambda, 0 elsewhere.</summary>
public sealed class Hardshrink : nn.Module<Tensor, Tensor>
{
    internal Hardshrink(double lambda) : base(nameof(Hardshrink)) => this.lambda = lambda;

    public double lambda { get; set; }

    public override Tensor forward(Tensor tensor) => Op.hardshrink.Call(tensor, lambda);
}
