using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Batches of an <see cref="ImageSet"/>, through one buffer of bytes that lasts as long as the run: nothing but a batch's
/// pixels ever becomes floats, as byte / 255, and nothing is allocated for them but the tensor itself.
/// </summary>
/// <param name="images">Where they come from.</param>
/// <param name="size">Images a batch at most.</param>
/// <param name="withLabels">Whether batches have labels.</param>
internal sealed class ImageBatches(ImageSet images, int size, bool withLabels) : IDisposable
{
    // libtorch's own memory, so that it stays where it is while a kernel reads it.
    private readonly Tensor _buffer = empty(size, images.PixelCount, dtype: ScalarType.Byte).DetachFromDisposeScope();

    /// <summary>
    /// Steps of an epoch. The last batch takes what is left, and a single image that would be: batch norm has nothing to
    /// normalise one image by.
    /// </summary>
    /// <param name="images">Images of an epoch.</param>
    /// <param name="batchSize">Images a step.</param>
    public static int StepsPerEpoch(int images, int batchSize)
    {
        int whole = Math.DivRem(images, batchSize, out int rest);
        return Math.Max(1, whole + (rest > 1 ? 1 : 0));
    }

    /// <summary>Images of the next step.</summary>
    /// <param name="left">Images of the epoch that no step has taken yet.</param>
    /// <param name="batchSize">Images a step.</param>
    public static int NextSize(int left, int batchSize) => StepsPerEpoch(left, batchSize) == 1 ? left : batchSize;

    /// <summary>Shows all images once, in their order, without gradients. A batch's tensors are gone after its call.</summary>
    /// <param name="images">The images.</param>
    /// <param name="size">Images a batch.</param>
    /// <param name="withLabels">Whether batches have labels.</param>
    /// <param name="measure">Gets pixels in [0, 1], [B, pixels], and classes, [B], or null.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public static void ForEach(ImageSet images, int size, bool withLabels, Action<Tensor, Tensor?> measure, CancellationToken cancellationToken)
    {
        using var batches = new ImageBatches(images, Math.Min(size, images.Count), withLabels);
        for (int start = 0; start < images.Count; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            var (pixels, labels) = batches.Load(RowsFrom(start, Math.Min(size, images.Count - start)));
            measure(pixels, labels);
        }
    }

    /// <summary>Indices of neighbouring rows.</summary>
    public static long[] RowsFrom(int start, int count) => [.. Enumerable.Range(start, count).Select(row => (long)row)];

    /// <summary>The rows named, in the order named.</summary>
    /// <returns>Pixels in [0, 1], [rows, <see cref="ImageSet.PixelCount"/>], and classes, [rows], or null.</returns>
    public (Tensor Pixels, Tensor? Labels) Load(ReadOnlySpan<long> rows)
    {
        Span<byte> target = _buffer.bytes;
        long[]? labels = withLabels ? new long[rows.Length] : null;
        for (int i = 0; i < rows.Length; i++)
        {
            images.GetImage((int)rows[i]).CopyTo(target[(i * images.PixelCount)..]);
            if (labels is not null)
            {
                labels[i] = images.Labels.Span[(int)rows[i]];
            }
        }

        using Tensor bytes = _buffer.narrow(0, 0, rows.Length);
        return (bytes.to_type(ScalarType.Float32).div_(255f), labels is null ? null : tensor(labels)); // the buffer is filled again for the next batch
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}

/// <summary>Rows of an <see cref="ImageSet"/> as one tensor: pixels in [0, 1], [rows, <see cref="ImageSet.PixelCount"/>].</summary>
internal static class PixelBatch
{
    /// <summary>The rows named, in the order named.</summary>
    public static Tensor Load(ImageSet images, ReadOnlySpan<long> rows)
    {
        using var batches = new ImageBatches(images, rows.Length, withLabels: false);
        return batches.Load(rows).Pixels;
    }

    /// <summary>Neighbouring rows.</summary>
    public static Tensor Load(ImageSet images, int start, int count) => Load(images, ImageBatches.RowsFrom(start, count));
}

/// <summary>What a network is shown of a batch, and what it should make of it.</summary>
/// <param name="Input">Pixels in [0, 1], damaged, [views * B, InputSize]: first views of all images, then their second ones.</param>
/// <param name="Target">The clean pixels, [views * B, InputSize].</param>
/// <param name="Labels">[views * B] classes, or null.</param>
internal readonly record struct ImageViews(Tensor Input, Tensor Target, Tensor? Labels)
{
    /// <summary>Damages every image of a batch as often as the objective has views, all of them at once.</summary>
    /// <param name="clean">Pixels in [0, 1], [B, InputSize].</param>
    /// <param name="labels">[B] classes, or null.</param>
    /// <param name="options">Objective and corruption of the run.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    public static ImageViews Of(Tensor clean, Tensor? labels, TrainingOptions options, Generator generator)
    {
        int views = options.Objective.Views;
        Tensor target = Repeat(clean, views);
        return new ImageViews(
            options.Corruption?.Apply(target, generator) ?? target, target, labels is null ? null : Repeat(labels, views));
    }

    private static Tensor Repeat(Tensor batch, int times) => times == 1 ? batch : cat([.. Enumerable.Repeat(batch, times)]);
}
