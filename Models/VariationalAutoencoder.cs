using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A variational autoencoder (Kingma and Welling, 2014, arXiv:1312.6114): its encoder gives a normal distribution of codes
/// for a picture, by a mean and the logarithm of a variance a dimension; training decodes a draw, everything else the mean.
/// </summary>
public class VariationalAutoencoder : Autoencoder
{
    /// <summary>Puts the two heads, their weights from TorchSharp's global generator, on the layers before them.</summary>
    /// <param name="map">[N, <paramref name="inputSize"/>] -> [N, <paramref name="mapSize"/>].</param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="mapSize">Numbers that the layers before the heads give.</param>
    /// <param name="codeSize">Numbers a code.</param>
    public VariationalAutoencoder(Module<Tensor, Tensor> map, Module<Tensor, Tensor> decoder, int inputSize, int mapSize, int codeSize)
        : this(map, Linear(mapSize, codeSize), decoder, inputSize, mapSize, codeSize)
    {
    }

    private VariationalAutoencoder(
        Module<Tensor, Tensor> map, Linear mean, Module<Tensor, Tensor> decoder, int inputSize, int mapSize, int codeSize)
        : base(
            nameof(VariationalAutoencoder),
            encoder: Sequential(("features", map), ("mean", mean)),
            map,
            decoder,
            inputSize,
            codeSize,
            mapSize)
    {
        Mean = mean;
        LogVariance = Linear(mapSize, codeSize);
        register_module("log_variance", LogVariance);
    }

    /// <summary>Maps to means: [N, map] -> [N, code]; the encoder's last layer.</summary>
    public Linear Mean { get; }

    /// <summary>Maps to logarithms of variances: [N, map] -> [N, code].</summary>
    public Linear LogVariance { get; }

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        Tensor map = Map.call(input); // [N, map]
        Tensor mean = Mean.call(map); // [N, code]
        Tensor logVariance = LogVariance.call(map); // [N, code]
        Tensor epsilon = empty(mean.shape, dtype: mean.dtype).normal_(0, 1, noise).to(mean.device); // generators live on the CPU
        // Documents 000 and 004 draw mean + exp(log-variance) * eps; the standard deviation is exp(log-variance / 2).
        Tensor draw = mean + ((logVariance * 0.5f).exp() * epsilon);
        return Decode(mean, draw) with { LogVariance = logVariance };
    }
}
