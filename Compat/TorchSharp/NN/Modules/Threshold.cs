using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where it is above the threshold, a fixed value elsewhere.</summary>
public sealed class Threshold : nn.Module<Tensor, Tensor>
{
    internal Threshold(double threshold, double value, bool inplace) : base(nameof(Threshold))
    {
        this.threshold = threshold;
        this.value = value;
        this.inplace = inplace;
    }

    public double threshold { get; set; }

    public double value { get; set; }

    public bool inplace { get; set; }

    public override Tensor forward(Tensor tensor) =>
        inplace ? Op.threshold_.CallInPlace(tensor, threshold, value).alias() : Op.threshold.Call(tensor, threshold, value);
}
