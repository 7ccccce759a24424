using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Rows of an <see cref="ImageSet"/> as tensors. The set stays bytes in memory; only a batch's pixels become floats,
/// on their way into the tensor, as byte / 255.
/// </summary>
public static class PixelBatch
{
    /// <summary>The rows named, in the order named.</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="rows">Row indices, from 0.</param>
    /// <returns>Pixels in [0, 1], [rows, <see cref="ImageSet.PixelCount"/>].</returns>
    public static Tensor Load(ImageSet images, ReadOnlySpan<long> rows)
    {
        ArgumentNullException.ThrowIfNull(images);
        int size = images.PixelCount;
        using Tensor raw = empty(rows.Length, size, dtype: ScalarType.Byte);
        Span<byte> target = raw.bytes;
        for (int i = 0; i < rows.Length; i++)
        {
            images.GetImage((int)rows[i]).CopyTo(target[(i * size)..]);
        }

        return ToUnitRange(raw);
    }

    /// <summary>Neighbouring rows.</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>Pixels in [0, 1], [<paramref name="count"/>, <see cref="ImageSet.PixelCount"/>].</returns>
    public static Tensor Load(ImageSet images, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(images);
        int size = images.PixelCount;
        using Tensor raw = empty(count, size, dtype: ScalarType.Byte);
        images.Pixels.Span.Slice(start * size, count * size).CopyTo(raw.bytes);
        return ToUnitRange(raw);
    }

    private static Tensor ToUnitRange(Tensor bytes) => bytes.to_type(ScalarType.Float32).div_(255f);
}
