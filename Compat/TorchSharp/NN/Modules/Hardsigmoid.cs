using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>min(max(0, x + 3), 6) / 6.</summary>
public sealed class Hardsigmoid : nn.Module<Tensor, Tensor>
{
    internal Hardsigmoid(bool inplace) : base(nameof(Hardsigmoid))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.hardsigmoid_.CallInPlace(tensor).alias() : Op.hardsigmoid.Call(tensor);
}
