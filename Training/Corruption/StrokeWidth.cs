using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>
/// Makes strokes thicker in one share of the images and thinner in another: the picture is blended, by an amount drawn for each, with
/// its dilation or erosion, the largest and smallest value of each pixel's 3x3 neighbourhood (Serra, 1982).
/// </summary>
public sealed record StrokeWidth : ICorruption
{
    /// <summary>Draws for each image what happens to it, and how much of it.</summary>
    /// <param name="thicker">Share of the images that are dilated, from 0 to 1.</param>
    /// <param name="thinner">Share of the images that are eroded; both together at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside its range.</exception>
    public StrokeWidth(double thicker, double thinner)
    {
        Thicker = CorruptionTools.RequireShare(thicker, nameof(thicker));
        Thinner = CorruptionTools.RequireShare(thinner, nameof(thinner)) + thicker <= 1
            ? thinner
            : throw new ArgumentOutOfRangeException(nameof(thinner), thinner, "The shares of images with thicker and with thinner strokes must be at most 1 together.");
    }

    /// <summary>Share of the images that are dilated.</summary>
    public double Thicker { get; }

    /// <summary>Share of the images that are eroded.</summary>
    public double Thinner { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The images are not square.</exception>
    public Tensor Apply(Tensor clean, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(clean);
        using var scope = NewDisposeScope();
        long[] shape = CorruptionTools.SquareShape(clean, "a change of strokes"); // [N, 1, side, side]
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

        Tensor images = clean.reshape(shape);
        Tensor sign = tensor(signs, [count, 1, 1, 1]).to(clean.device), amount = tensor(amounts, [count, 1, 1, 1]).to(clean.device);
        Tensor extreme = functional.max_pool2d(images * sign, [3, 3], [1, 1], [1, 1]) * sign;
        return (images + ((extreme - images) * amount)).reshape(clean.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => TermNotation.Write("stroke", Thicker, Thinner);
}
