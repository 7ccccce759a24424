using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where it is positive, alpha · (e^(x / alpha) - 1) elsewhere.</summary>
public sealed class CELU : nn.Module<Tensor, Tensor>
{
    internal CELU(double alpha, bool inplace) : base(nameof(CELU))
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    public double alpha { get; set; }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.celu_.CallInPlace(tensor, alpha).alias() : Op.celu.Call(tensor, alpha);
}
