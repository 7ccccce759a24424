using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · Φ(x), with the normal distribution's Φ.</summary>
public sealed class GELU : nn.Module<Tensor, Tensor>
{
    internal GELU(Approximate approximate, bool inplace) : base(nameof(GELU))
    {
        this.approximate = approximate;
        this.inplace = inplace;
    }

    /// <summary>How Φ is computed.</summary>
    public enum Approximate
    {
        none = 0,
        tanh = 1,
    }

    public Approximate approximate { get; set; }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => inplace
        ? Op.gelu_.CallInPlace(tensor, approximate.ToString()).alias()
        : Op.gelu.Call(tensor, approximate.ToString());
}
