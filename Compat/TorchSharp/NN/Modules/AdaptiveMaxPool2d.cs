using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest numbers of as many windows as wanted.</summary>
public sealed class AdaptiveMaxPool2d : nn.Module<Tensor, Tensor>
{
    internal AdaptiveMaxPool2d(long[] output_size) : base(nameof(AdaptiveMaxPool2d))
    {
        this.output_size = output_size;
    }

    public long[] output_size { get; set; }

    public override Tensor forward(Tensor input)
    {
        var (values, places) = Op.adaptive_max_pool2d.CallPair(input, output_size);
        places.Dispose();
        return values;
    }
}
