using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x moved towards 0 by lambda, 0 if it is closer than that.</summary>
public sealed class Softshrink : nn.Module<Tensor, Tensor>
{
    internal Softshrink(double lambda) : base(nameof(Softshrink)) => this.lambda = lambda;

    public double lambda { get; set; }

    public override Tensor forward(Tensor tensor) => Op.softshrink.Call(tensor, lambda);
}
