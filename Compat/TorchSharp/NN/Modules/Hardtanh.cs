using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x, held between two bounds.</summary>
public sealed class Hardtanh : nn.Module<Tensor, Tensor>
{
    internal Hardtanh(double min_val, double max_val, bool inplace) : base(nameof(Hardtanh))
    {
        this.min_val = min_val;
        this.max_val = max_val;
        this.inplace = inplace;
    }

    public double min_val { get; set; }

    public double max_val { get; set; }

    public bool inplace { get; set; }

    // The original gives its very input back when it is not in place, and a Sequential then disposes of it.
    public override Tensor forward(Tensor tensor) => inplace
        ? Op.hardtanh_.CallInPlace(tensor, min_val, max_val).alias()
        : throw new NotSupportedException("Hardtanh computes nothing in TorchSharp 0.107.0 unless inplace is true, so it is not part of the system stack.");
}
