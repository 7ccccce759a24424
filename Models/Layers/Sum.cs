using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Modules side by side: each gets the same input, and their outputs are added.</summary>
public sealed class Sum : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] branches;

    /// <summary>Registers the branches as <c>0</c>, <c>1</c>, …</summary>
    /// <param name="branches">At least one; all give the same shape.</param>
    public Sum(params Module<Tensor, Tensor>[] branches)
        : base(nameof(Sum))
    {
        ArgumentNullException.ThrowIfNull(branches);
        ArgumentOutOfRangeException.ThrowIfZero(branches.Length, nameof(branches));
        this.branches = [.. branches];
        for (int i = 0; i < branches.Length; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), branches[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => branches.Select(branch => branch.call(input)).Aggregate((sum, output) => sum + output);
}
