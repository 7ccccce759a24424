using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Everything that a run draws, each draw from a seed of its own: (the run's seed, what is drawn, which epoch or step).
/// So nothing needs to be remembered of a generator: a run that goes on at step 1,000 draws what it would have drawn there.
/// </summary>
/// <param name="seed">The run's seed.</param>
internal sealed class RandomStreams(long seed) : IDisposable
{
    private readonly Generator _generator = new();

    /// <summary>The order in which an epoch sees the images: a permutation of 0 to <paramref name="count"/> - 1.</summary>
    public long[] Order(int count, int epoch)
    {
        _generator.manual_seed(Derive(seed, Stream.Order, epoch));
        using Tensor order = randperm(count, generator: _generator);
        return order.data<long>().ToArray();
    }

    /// <summary>
    /// Gets both generators ready for a step: the one returned, which corruption draws from, and the global one, which
    /// dropout and the noise of variational codes draw from.
    /// </summary>
    public Generator ForStep(long step)
    {
        manual_seed(Derive(seed, Stream.Network, step));
        _generator.manual_seed(Derive(seed, Stream.Corruption, step));
        return _generator;
    }

    /// <summary>The same for measuring: the same draws at every call, so that losses of different epochs can be compared.</summary>
    public Generator ForEvaluation()
    {
        manual_seed(Derive(seed, Stream.Network, -1));
        _generator.manual_seed(Derive(seed, Stream.Corruption, -1));
        return _generator;
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();

    // Neighbouring numbers must give unrelated seeds: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), once a number.
    private static long Derive(long seed, Stream stream, long counter) =>
        (long)Mix(Mix(Mix((ulong)seed) + (ulong)stream) + (ulong)counter);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private enum Stream
    {
        Order = 1,
        Corruption = 2,
        Network = 3,
    }
}
