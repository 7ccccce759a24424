using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What paddings have in common.</summary>
public abstract class PadBase : nn.Module<Tensor, Tensor>
{
    private readonly PaddingModes _mode;

    private protected PadBase(string name, PaddingModes mode, double value, params long[] padding) : base(name)
    {
        _mode = mode;
        this.value = value;
        this.padding = padding;
    }

    /// <summary>Two numbers a dimension, before and behind, the last dimension first.</summary>
    public long[] padding { get; set; }

    public double value { get; set; }

    public override Tensor forward(Tensor input) => _mode == PaddingModes.Constant
        ? Op.pad.Call(input, padding, "constant", value)
        : Op.pad.Call(input, padding, _mode.ToString().ToLowerInvariant());
}
