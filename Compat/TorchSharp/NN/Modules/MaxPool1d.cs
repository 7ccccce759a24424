using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest value in each window.</summary>
public sealed class MaxPool1d : nn.Module<Tensor, Tensor>
{
    internal MaxPool1d(long kernel_size, long? stride, long? padding, long? dilation, bool ceil_mode) : base(nameof(MaxPool1d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil_mode = ceil_mode;
    }

    public long kernel_size { get; set; }

    /// <summary>Null for the kernel's size.</summary>
    public long? stride { get; set; }

    public long? padding { get; set; }

    public long? dilation { get; set; }

    public bool ceil_mode { get; set; }

    public override Tensor forward(Tensor input) =>
        Op.max_pool1d.Call(input, (long[])[kernel_size], (long[])[stride ?? kernel_size], (long[])[padding ?? 0], (long[])[dilation ?? 1], ceil_mode);
}
