using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Shares that add up to 1 along a dimension.</summary>
public sealed class Softmax : nn.Module<Tensor, Tensor>
{
    internal Softmax(long dim) : base(nameof(Softmax))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override Tensor forward(Tensor tensor) => tensor.softmax(dim);
}
