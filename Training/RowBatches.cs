using System.Runtime.InteropServices;
using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Batches of a <see cref="RowSet"/>. Bytes go through one buffer that lasts as long as the run: nothing but a batch's
/// pixels ever becomes floats, as byte / 255, and nothing is allocated for them but the tensor itself.
/// </summary>
/// <param name="rows">Where they come from.</param>
/// <param name="size">Rows a batch at most.</param>
/// <param name="withLabels">Whether batches have labels.</param>
internal sealed class RowBatches(RowSet rows, int size, bool withLabels) : IDisposable
{
    // libtorch's own memory, so that it stays where it is while a kernel reads it.
    private readonly Tensor? _buffer = rows.HoldsBytes ? empty(size, rows.Size, dtype: ScalarType.Byte).DetachFromDisposeScope() : null;

    /// <summary>
    /// Steps of an epoch. The last batch takes what is left, and a single row that would be: batch norm has nothing to
    /// normalise one row by.
    /// </summary>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="batchSize">Rows a step.</param>
    public static int StepsPerEpoch(int rows, int batchSize)
    {
        int whole = Math.DivRem(rows, batchSize, out int rest);
        return Math.Max(1, whole + (rest > 1 ? 1 : 0));
    }

    /// <summary>Rows of the next step.</summary>
    /// <param name="left">Rows of the epoch that no step has taken yet.</param>
    /// <param name="batchSize">Rows a step.</param>
    public static int NextSize(int left, int batchSize) => StepsPerEpoch(left, batchSize) == 1 ? left : batchSize;

    /// <summary>Shows all rows once, in their order, without gradients. A batch's tensors are gone after its call.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="size">Rows a batch.</param>
    /// <param name="withLabels">Whether batches have labels.</param>
    /// <param name="measure">Gets values, [B, row], and classes, [B], or null.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public static void ForEach(RowSet rows, int size, bool withLabels, Action<Tensor, Tensor?> measure, CancellationToken cancellationToken)
    {
        using var batches = new RowBatches(rows, Math.Min(size, rows.Count), withLabels);
        for (int start = 0; start < rows.Count; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            var (values, labels) = batches.Load(RowsFrom(start, Math.Min(size, rows.Count - start)));
            measure(values, labels);
        }
    }

    /// <summary>Indices of neighbouring rows.</summary>
    public static long[] RowsFrom(int start, int count) => [.. Enumerable.Range(start, count).Select(row => (long)row)];

    /// <summary>The rows named, in the order named.</summary>
    /// <returns>Values, [rows, <see cref="RowSet.Size"/>], pixels in [0, 1]; and classes, [rows], or null.</returns>
    public (Tensor Values, Tensor? Labels) Load(ReadOnlySpan<long> chosen)
    {
        long[]? labels = withLabels ? new long[chosen.Length] : null;
        Tensor values = empty(chosen.Length, rows.Size, dtype: ScalarType.Float32);
        Span<byte> bytes = _buffer is null ? default : _buffer.bytes;
        Span<float> numbers = _buffer is null ? MemoryMarshal.Cast<byte, float>(values.bytes) : default;
        for (int i = 0; i < chosen.Length; i++)
        {
            int row = (int)chosen[i];
            if (_buffer is not null)
            {
                rows.GetBytes(row).CopyTo(bytes[(i * rows.Size)..]);
            }
            else
            {
                rows.CopyTo(row, numbers[(i * rows.Size)..]);
            }

            if (labels is not null)
            {
                labels[i] = rows.Labels.Span[row];
            }
        }

        if (_buffer is not null)
        {
            using Tensor filled = _buffer.narrow(0, 0, chosen.Length);
            values.copy_(filled).div_(255f); // the buffer is filled again for the next batch
        }

        return (values, labels is null ? null : tensor(labels));
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer?.Dispose();
}

/// <summary>Rows of a <see cref="RowSet"/> as one tensor: [rows, <see cref="RowSet.Size"/>], pixels in [0, 1].</summary>
internal static class RowTensor
{
    /// <summary>The rows named, in the order named.</summary>
    public static Tensor Load(RowSet rows, ReadOnlySpan<long> chosen)
    {
        using var batches = new RowBatches(rows, chosen.Length, withLabels: false);
        return batches.Load(chosen).Values;
    }

    /// <summary>Neighbouring rows.</summary>
    public static Tensor Load(RowSet rows, int start, int count) => Load(rows, RowBatches.RowsFrom(start, count));
}

/// <summary>What a network is shown of a batch, and what it should make of it.</summary>
/// <param name="Input">The rows, damaged, [views * B, InputSize]: first views of all rows, then their second ones.</param>
/// <param name="Target">The clean rows, [views * B, InputSize].</param>
/// <param name="Labels">[views * B] classes, or null.</param>
internal readonly record struct RowViews(Tensor Input, Tensor Target, Tensor? Labels)
{
    /// <summary>What a network takes rows for: the pictures that they are, or that it was made for.</summary>
    public static IReadOnlyList<int> ShapeOf(EncoderNetwork model, RowSet rows) => rows.IsPicture ? rows.Shape : model.InputShape;

    /// <summary>Damages every row of a batch as often as the objective has views, all of them at once.</summary>
    /// <param name="clean">Rows, [B, InputSize].</param>
    /// <param name="labels">[B] classes, or null.</param>
    /// <param name="shape">What a row is, such as [3, 32, 32].</param>
    /// <param name="options">Objective and corruption of the run.</param>
    /// <param name="generator">Where the randomness comes from.</param>
    public static RowViews Of(Tensor clean, Tensor? labels, IReadOnlyList<int> shape, TrainingOptions options, Generator generator)
    {
        int views = options.Objective.Views;
        Tensor target = Repeat(clean, views);
        return new RowViews(
            options.Corruption is { } corruption ? CorruptionTools.Apply(corruption, target, shape, generator) : target,
            target,
            labels is null ? null : Repeat(labels, views));
    }

    private static Tensor Repeat(Tensor batch, int times) => times == 1 ? batch : cat([.. Enumerable.Repeat(batch, times)]);
}
