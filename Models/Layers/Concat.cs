using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// Modules side by side: each gets the same input, and their outputs are put one behind the other along a dimension. With an
/// <c>Identity</c> as a branch it is a skip connection.
/// </summary>
public sealed class Concat : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] branches;

    /// <summary>Registers the branches as <c>0</c>, <c>1</c>, …</summary>
    /// <param name="dimension">Along which: 1 for features and channels; negative from the end.</param>
    /// <param name="branches">At least one; their outputs differ in that dimension at most.</param>
    public Concat(long dimension, params Module<Tensor, Tensor>[] branches)
        : base(nameof(Concat))
    {
        ArgumentNullException.ThrowIfNull(branches);
        ArgumentOutOfRangeException.ThrowIfZero(branches.Length, nameof(branches));
        ArgumentOutOfRangeException.ThrowIfZero(dimension); // rows of a batch stay apart
        Dimension = dimension;
        this.branches = [.. branches];
        for (int i = 0; i < branches.Length; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), branches[i]);
        }
    }

    /// <summary>The dimension along which the outputs are joined.</summary>
    public long Dimension { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => cat(branches.Select(branch => branch.call(input)).ToList(), Dimension);
}
