using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x / (1 + |x|).</summary>
public sealed class Softsign : nn.Module<Tensor, Tensor>
{
    internal Softsign(bool inplace) : base(nameof(Softsign))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor)
    {
        using var size = tensor.abs();
        using var scale = size + 1;
        return inplace ? tensor.div_(scale).alias() : tensor.div(scale);
    }
}
