using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Swaps left and right in a share of the images, for pictures whose meaning doesn't depend on it: clothes, not digits.</summary>
public sealed record Mirror : ICorruption
{
    /// <summary>Draws for each image whether it is mirrored.</summary>
    /// <param name="probability">Share of the images that are, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public Mirror(double probability) => Probability = CorruptionTools.RequireShare(probability, nameof(probability));

    /// <summary>Share of the images that are mirrored.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        long side = CorruptionTools.SquareShape(clean, "mirroring")[3];
        Tensor images = clean.reshape(-1, side, side); // [N, side, side]
        Tensor kept = empty([images.shape[0], 1, 1], dtype: clean.dtype).bernoulli_(1 - Probability, generator).to(clean.device); // 1 or 0
        Tensor mirrored = images.flip(2);
        return ((images * kept) + (mirrored * (1 - kept))).reshape(clean.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("mirror", Probability);
}
