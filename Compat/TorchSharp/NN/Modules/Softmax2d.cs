using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Shares of the channels that add up to 1 at every place of a picture.</summary>
public sealed class Softmax2d : nn.Module<Tensor, Tensor>
{
    internal Softmax2d() : base(nameof(Softmax2d)) { }

    public override Tensor forward(Tensor tensor) => tensor.softmax(-3);
}
