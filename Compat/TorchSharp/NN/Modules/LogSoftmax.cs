using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The logarithms of shares that add up to 1 along a dimension.</summary>
public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
{
    internal LogSoftmax(long dim) : base(nameof(LogSoftmax))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override Tensor forward(Tensor tensor) => tensor.log_softmax(dim);
}
