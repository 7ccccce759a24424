using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// <c>mirror(share)</c>: swaps left and right in a share of the images, for pictures whose meaning doesn't depend on it: clothes, not
/// digits.
/// </summary>
internal sealed record Mirror(double Share) : ICorruption
{
    public double Share { get; } = CorruptionTools.RequireShare(Share, nameof(Share));

    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.PictureShape(clean, "mirroring");
        Tensor kept = empty([shape[0], 1, 1, 1], dtype: clean.dtype).bernoulli_(1 - Share, generator).to(clean.device); // 1 or 0
        return ((clean * kept) + (clean.flip(3) * (1 - kept))).MoveToOuterDisposeScope();
    }

    public override string ToString() => TermNotation.Write("mirror", Share);
}

/// <summary>
/// <c>cutout(share, least, most)</c>: blackens a square, its side drawn from the least to the most pixels, somewhere in a share of the
/// images; it may reach beyond their edges (DeVries and Taylor, 2017, arXiv:1708.04552).
/// </summary>
internal sealed record CutOut(double Share, int Least, int Most) : ICorruption
{
    private const int Draws = 4; // numbers drawn an image

    public double Share { get; } = CorruptionTools.RequireShare(Share, nameof(Share));

    public int Least { get; } = Least is >= 1 and <= 1024
        ? Least
        : throw new ArgumentOutOfRangeException(nameof(Least), Least, "The smallest side of a cutout must lie between 1 and 1024 pixels.");

    public int Most { get; } = Most >= Least && Most <= 1024
        ? Most
        : throw new ArgumentOutOfRangeException(nameof(Most), Most, "The largest side of a cutout must lie between the smallest one and 1024 pixels.");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.PictureShape(clean, "cutout");
        int count = (int)shape[0], height = (int)shape[2], width = (int)shape[3];
        float[] drawn = CorruptionTools.Draw(count, Draws, generator);
        var (rows, columns) = (new float[count * height], new float[count * width]); // 1 within the square, 0 elsewhere
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> u = drawn.AsSpan(Draws * i, Draws);
            int size = Least + (int)(u[1] * (Most - Least + 1));
            if (u[0] < Share)
            {
                Mark(rows.AsSpan(i * height, height), u[2], size);
                Mark(columns.AsSpan(i * width, width), u[3], size);
            }
        }

        Tensor square = tensor(rows, [count, 1, height, 1]) * tensor(columns, [count, 1, 1, width]); // [N, 1, height, width]
        return (clean * (1 - square.to(clean.device))).MoveToOuterDisposeScope();
    }

    public override string ToString() => TermNotation.Write("cutout", Share, Least, Most);

    // The part of a square around a centre within [0, 1) that lies within the picture.
    private static void Mark(Span<float> line, float centre, int size)
    {
        int from = (int)(centre * line.Length) - (size / 2);
        int first = Math.Max(from, 0), last = Math.Min(from + size, line.Length);
        line[first..last].Fill(1);
    }
}

/// <summary>
/// <c>stroke(thicker, thinner)</c>: makes strokes thicker in one share of the images and thinner in another. The picture is blended, by
/// an amount drawn for each, with its dilation or erosion, the largest and smallest value of each pixel's 3x3 neighbourhood (Serra, 1982).
/// </summary>
internal sealed record StrokeWidth(double Thicker, double Thinner) : ICorruption
{
    public double Thicker { get; } = CorruptionTools.RequireShare(Thicker, nameof(Thicker));

    public double Thinner { get; } = CorruptionTools.RequireShare(Thinner, nameof(Thinner)) + Thicker <= 1
        ? Thinner
        : throw new ArgumentOutOfRangeException(nameof(Thinner), Thinner, "The shares of images with thicker and with thinner strokes must be at most 1 together.");

    public Tensor Apply(Tensor clean, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.PictureShape(clean, "a change of strokes");
        int count = (int)shape[0];
        float[] drawn = CorruptionTools.Draw(count, 2, generator);
        // An erosion is the dilation of the negative: one pass does both.
        var (signs, amounts) = (new float[count], new float[count]);
        for (int i = 0; i < count; i++)
        {
            float what = drawn[2 * i];
            signs[i] = what < Thicker ? 1 : -1;
            amounts[i] = what < Thicker + Thinner ? drawn[(2 * i) + 1] : 0;
        }

        Tensor sign = tensor(signs, [count, 1, 1, 1]).to(clean.device), amount = tensor(amounts, [count, 1, 1, 1]).to(clean.device);
        Tensor extreme = functional.max_pool2d(clean * sign, [3, 3], [1, 1], [1, 1]) * sign;
        return (clean + ((extreme - clean) * amount)).MoveToOuterDisposeScope();
    }

    public override string ToString() => TermNotation.Write("stroke", Thicker, Thinner);
}
