using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x - tanh(x).</summary>
public sealed class Tanhshrink : nn.Module<Tensor, Tensor>
{
    internal Tanhshrink(bool inplace) : base(nameof(Tanhshrink)) => this.inplace = inplace;

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor)
    {
        using Tensor squashed = tensor.tanh();
        Tensor rest = tensor - squashed;
        return inplace ? tensor.copy_(rest).alias() : rest;
    }
}
