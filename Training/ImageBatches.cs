using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Batches of an <see cref="ImageSet"/>, through one buffer of bytes that lasts as long as the run: nothing but a batch's
/// pixels ever becomes floats, and nothing is allocated for them but the tensor itself.
/// </summary>
/// <param name="images">Where they come from.</param>
/// <param name="size">Images a batch at most.</param>
/// <param name="withLabels">Whether batches have labels.</param>
internal sealed class ImageBatches(ImageSet images, int size, bool withLabels) : IDisposable
{
    // libtorch's own memory, so that it stays where it is while a kernel reads it.
    private readonly Tensor buffer = empty(size, images.PixelCount, dtype: ScalarType.Byte).DetachFromDisposeScope();

    /// <summary>The rows named, in the order named.</summary>
    /// <returns>Pixels in [0, 1], [rows, <see cref="ImageSet.PixelCount"/>], and classes, [rows], or null.</returns>
    public (Tensor Pixels, Tensor? Labels) Load(ReadOnlySpan<long> rows)
    {
        Span<byte> target = buffer.bytes;
        long[]? labels = withLabels ? new long[rows.Length] : null;
        for (int i = 0; i < rows.Length; i++)
        {
            images.GetImage((int)rows[i]).CopyTo(target[(i * images.PixelCount)..]);
            if (labels is not null)
            {
                labels[i] = images.Labels.Span[(int)rows[i]];
            }
        }

        return (ToUnitRange(rows.Length), labels is null ? null : tensor(labels));
    }

    /// <summary>Neighbouring rows.</summary>
    /// <returns>Pixels in [0, 1], [<paramref name="count"/>, <see cref="ImageSet.PixelCount"/>], and classes, [<paramref name="count"/>], or null.</returns>
    public (Tensor Pixels, Tensor? Labels) Load(int start, int count)
    {
        images.Pixels.Span.Slice(start * images.PixelCount, count * images.PixelCount).CopyTo(buffer.bytes);
        long[]? labels = withLabels ? Array.ConvertAll(images.Labels.Slice(start, count).ToArray(), label => (long)label) : null;
        return (ToUnitRange(count), labels is null ? null : tensor(labels));
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    // Always a tensor of its own: the buffer is filled again for the next batch.
    private Tensor ToUnitRange(int count)
    {
        using Tensor rows = buffer.narrow(0, 0, count);
        return rows.to_type(ScalarType.Float32).div_(255f);
    }
}
