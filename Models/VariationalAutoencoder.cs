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
    /// <param name="features">[N, <paramref name="inputSize"/>] -> [N, <paramref name="featureSize"/>].</param>
    /// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">Pixels a picture.</param>
    /// <param name="featureSize">Numbers that the layers before the heads give.</param>
    /// <param name="codeSize">Numbers a code.</param>
    public VariationalAutoencoder(Module<Tensor, Tensor> features, Module<Tensor, Tensor> decoder, int inputSize, int featureSize, int codeSize)
        : this(features, Linear(featureSize, codeSize), decoder, inputSize, featureSize, codeSize)
    {
    }

    private VariationalAutoencoder(
        Module<Tensor, Tensor> features, Linear mean, Module<Tensor, Tensor> decoder, int inputSize, int featureSize, int codeSize)
        : base(
            nameof(VariationalAutoencoder),
            encoder: Sequential(("features", features), ("mean", mean)),
            features,
            decoder,
            inputSize,
            codeSize,
            featureSize)
    {
        Mean = mean;
        LogVariance = Linear(featureSize, codeSize);
        register_module("log_variance", LogVariance);
    }

    /// <summary>Features to means: [N, features] -> [N, code]; the encoder's last layer.</summary>
    public Linear Mean { get; }

    /// <summary>Features to logarithms of variances: [N, features] -> [N, code].</summary>
    public Linear LogVariance { get; }

    /// <inheritdoc/>
    public override NetworkPass Pass(Tensor input, Generator noise)
    {
        Tensor features = Features.call(input); // [N, features]
        Tensor mean = Mean.call(features); // [N, code]
        Tensor logVariance = LogVariance.call(features); // [N, code]
        Tensor epsilon = empty(mean.shape, dtype: mean.dtype).normal_(0, 1, noise).to(mean.device); // generators live on the CPU
        // Documents 000 and 004 draw mean + exp(log-variance) * eps; the standard deviation is exp(log-variance / 2).
        Tensor draw = mean + ((logVariance * 0.5f).exp() * epsilon);
        return Decode(mean, draw) with { LogVariance = logVariance };
    }
}
