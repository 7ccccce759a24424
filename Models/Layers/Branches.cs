using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Modules side by side: each gets the same input.</summary>
public abstract class Branches : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>[] _branches;

    private protected Branches(string name, Module<Tensor, Tensor>[] branches)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(branches);
        ArgumentOutOfRangeException.ThrowIfZero(branches.Length, nameof(branches));
        _branches = [.. branches];
        for (int i = 0; i < branches.Length; i++)
        {
            register_module(i.ToString(CultureInfo.InvariantCulture), branches[i]);
        }
    }

    private protected IEnumerable<Tensor> Outputs(Tensor input) => _branches.Select(branch => branch.call(input));
}

/// <summary>Modules side by side whose outputs are added.</summary>
public sealed class Sum : Branches
{
    /// <summary>Registers the branches as <c>0</c>, <c>1</c>, …</summary>
    /// <param name="branches">At least one; all give the same shape.</param>
    public Sum(params Module<Tensor, Tensor>[] branches)
        : base(nameof(Sum), branches)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Outputs(input).Aggregate((sum, output) => sum + output);
}

/// <summary>
/// Modules side by side whose outputs are put one behind the other along a dimension. With an <c>Identity</c> as a branch it is a
/// skip connection.
/// </summary>
public sealed class Concat : Branches
{
    /// <summary>Registers the branches as <c>0</c>, <c>1</c>, …</summary>
    /// <param name="dimension">Along which: 1 for features and channels; negative from the end.</param>
    /// <param name="branches">At least one; their outputs differ in that dimension at most.</param>
    public Concat(long dimension, params Module<Tensor, Tensor>[] branches)
        : base(nameof(Concat), branches)
    {
        ArgumentOutOfRangeException.ThrowIfZero(dimension); // rows of a batch stay apart
        Dimension = dimension;
    }

    /// <summary>The dimension along which the outputs are joined.</summary>
    public long Dimension { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => cat(Outputs(input).ToList(), Dimension);
}
