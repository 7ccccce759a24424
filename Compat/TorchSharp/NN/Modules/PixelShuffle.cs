using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Channels as finer pixels: [N, C r², H, W] to [N, C, H r, W r].</summary>
public sealed class PixelShuffle : nn.Module<Tensor, Tensor>
{
    internal PixelShuffle(long upscale_factor) : base(nameof(PixelShuffle)) => this.upscale_factor = upscale_factor;

    public long upscale_factor { get; set; }

    public override Tensor forward(Tensor input) => Op.pixel_shuffle.Call(input, upscale_factor);
}
