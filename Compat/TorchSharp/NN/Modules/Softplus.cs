using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>ln(1 + e^(beta · x)) / beta, and x itself above the threshold.</summary>
public sealed class Softplus : nn.Module<Tensor, Tensor>
{
    internal Softplus(double beta, double threshold) : base(nameof(Softplus))
    {
        this.beta = beta;
        this.threshold = threshold;
    }

    public double beta { get; set; }

    public double threshold { get; set; }

    public override Tensor forward(Tensor tensor) => nn.functional.softplus(tensor, beta, threshold);
}
