using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Blackens a square somewhere in a share of the images; it may reach beyond their edges (DeVries and Taylor, 2017, arXiv:1708.04552).</summary>
public sealed record CutOut : ICorruption
{
    private const int Draws = 4; // numbers drawn an image

    /// <summary>Draws for each image whether it gets a square, how large, and where its centre lies.</summary>
    /// <param name="probability">Share of the images that get one, from 0 to 1.</param>
    /// <param name="least">Smallest side in pixels, 1 or more.</param>
    /// <param name="most">Largest side in pixels, at least <paramref name="least"/>; at most 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CutOut(double probability, int least, int most)
    {
        Probability = CorruptionTools.RequireShare(probability, nameof(probability));
        Least = least is >= 1 and <= 1024 ? least : throw new ArgumentOutOfRangeException(nameof(least), least, "The smallest side of a cutout must lie between 1 and 1024 pixels.");
        Most = most >= least && most <= 1024 ? most : throw new ArgumentOutOfRangeException(nameof(most), most, "The largest side of a cutout must lie between the smallest one and 1024 pixels.");
    }

    /// <summary>Share of the images that get a square.</summary>
    public double Probability { get; }

    /// <summary>Smallest side in pixels.</summary>
    public int Least { get; }

    /// <summary>Largest side in pixels.</summary>
    public int Most { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.SquareShape(clean, "cutout");
        int count = (int)shape[0], side = (int)shape[3];
        float[] drawn = CorruptionTools.Draw(count, Draws, generator);
        var (rows, columns) = (new float[count * side], new float[count * side]); // 1 within the square, 0 elsewhere
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> u = drawn.AsSpan(Draws * i, Draws);
            int size = Least + (int)(u[1] * (Most - Least + 1));
            if (u[0] < Probability)
            {
                Mark(rows.AsSpan(i * side, side), u[2], size);
                Mark(columns.AsSpan(i * side, side), u[3], size);
            }
        }

        Tensor square = tensor(rows, [count, side, 1]) * tensor(columns, [count, 1, side]); // [N, side, side]
        return (clean * (1 - square.to(clean.device)).reshape(clean.shape)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("cutout", Probability, Least, Most);

    // The part of a square around a centre within [0, 1) that lies within the picture.
    private static void Mark(Span<float> line, float centre, int size)
    {
        int from = (int)(centre * line.Length) - (size / 2);
        int first = Math.Max(from, 0), last = Math.Min(from + size, line.Length);
        line[first..last].Fill(1);
    }
}
