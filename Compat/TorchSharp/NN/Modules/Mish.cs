using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · tanh(ln(1 + eˣ)).</summary>
public sealed class Mish : nn.Module<Tensor, Tensor>
{
    internal Mish(bool inplace) : base(nameof(Mish))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.mish_.CallInPlace(tensor).alias() : Op.mish.Call(tensor);
}
