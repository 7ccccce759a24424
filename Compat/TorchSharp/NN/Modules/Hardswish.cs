using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · min(max(0, x + 3), 6) / 6.</summary>
public sealed class Hardswish : nn.Module<Tensor, Tensor>
{
    internal Hardswish(bool inplace) : base(nameof(Hardswish))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.hardswish_.CallInPlace(tensor).alias() : Op.hardswish.Call(tensor);
}
