using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>1.0507 · (x where it is positive, 1.6733 · (eˣ - 1) elsewhere).</summary>
public sealed class SELU : nn.Module<Tensor, Tensor>
{
    internal SELU(bool inplace) : base(nameof(SELU))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.selu_.CallInPlace(tensor).alias() : Op.selu.Call(tensor);
}
