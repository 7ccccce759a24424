using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Softmax of -x.</summary>
public sealed class Softmin : nn.Module<Tensor, Tensor>
{
    internal Softmin(long dim) : base(nameof(Softmin)) => this.dim = dim;

    public long dim { get; set; }

    public override Tensor forward(Tensor tensor)
    {
        using Tensor negative = tensor * -1f;
        return nn.functional.softmax(negative, dim);
    }
}
