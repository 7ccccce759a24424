using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>In training, zeroes whole channels with probability p and scales the others by 1 / (1 - p).</summary>
public sealed class Dropout1d : nn.Module<Tensor, Tensor>
{
    internal Dropout1d(double p, bool inplace) : base(nameof(Dropout1d))
    {
        this.p = p;
        this.inplace = inplace;
    }

    internal double p { get; set; }

    internal bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) => inplace
        ? Op.feature_dropout_.CallInPlace(tensor, p, training).alias()
        : Op.feature_dropout.Call(tensor, p, training);
}
