using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where it is positive, weight · x elsewhere; the weight is learned, one for all channels or one for each.</summary>
public sealed class PReLU : nn.Module<Tensor, Tensor>
{
    internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype) : base(nameof(PReLU))
    {
        this.num_parameters = num_parameters;
        this.init = init;
        weight = new Parameter(full([num_parameters], init, dtype, device));
    }

    public long num_parameters { get; }

    internal double init { get; }

    /// <summary>[num_parameters]</summary>
    public Parameter weight
    {
        get => FindParameter(nameof(weight))!;
        set => ReplaceParameter(nameof(weight), value);
    }

    public override Tensor forward(Tensor tensor) => Op.prelu.Call(tensor, weight);
}
