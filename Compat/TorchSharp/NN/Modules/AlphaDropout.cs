using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>In training, sets numbers to SELU's limit with probability p and keeps mean and variance.</summary>
public sealed class AlphaDropout : nn.Module<Tensor, Tensor>
{
    internal AlphaDropout(double p, bool inplace) : base(nameof(AlphaDropout))
    {
        this.p = p;
        this.inplace = inplace;
    }

    internal double p { get; set; }

    internal bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => inplace
        ? Op.alpha_dropout_.CallInPlace(tensor, p, training).alias()
        : Op.alpha_dropout.Call(tensor, p, training);
}
