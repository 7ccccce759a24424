using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The means of as many windows as wanted.</summary>
public sealed class AdaptiveAvgPool1d : nn.Module<Tensor, Tensor>
{
    internal AdaptiveAvgPool1d(long output_size) : base(nameof(AdaptiveAvgPool1d))
    {
        this.output_size = output_size;
    }

    public long output_size { get; set; }

    public override Tensor forward(Tensor input) => Op.adaptive_avg_pool1d.Call(input, (long[])[output_size]);
}
