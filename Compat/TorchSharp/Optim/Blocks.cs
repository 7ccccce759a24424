using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Runs an elementwise update block by block. An optimizer's update passes over its tensors some ten times; on blocks
/// that fit the processor's cache only the first pass waits for memory.
/// </summary>
internal static class Blocks
{
    public delegate void UpdateBlock(Tensor parameter, Tensor grad, ReadOnlySpan<Tensor> state, long step, double lr);

    /// <summary>Elements in a block: 32,768 is the length up to which libtorch computes on the calling thread.</summary>
    private const long Length = 32768;

    /// <param name="tensors">The parameter, its gradient, its state; all of one shape.</param>
    /// <param name="step">Passed on.</param>
    /// <param name="lr">Passed on.</param>
    /// <param name="update">Must treat each element by itself.</param>
    public static void ForEach(Tensor[] tensors, long step, double lr, UpdateBlock update)
    {
        if (tensors[0].numel() <= Length || !Array.TrueForAll(tensors, t => t.is_contiguous()))
        {
            update(tensors[0], tensors[1], tensors.AsSpan(2), step, lr);
            return;
        }

        var flat = Array.ConvertAll(tensors, t => t.view(-1));
        long count = tensors[0].numel();
        int threads = Math.Max(1, get_num_threads());
        Parallel.For(0, (int)((count + Length - 1) / Length), new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            // Both are settings of the thread.
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            long start = i * Length;
            var block = Array.ConvertAll(flat, t => t.narrow(0, start, Math.Min(Length, count - start)));
            update(block[0], block[1], block.AsSpan(2), step, lr);
        });
    }
}
