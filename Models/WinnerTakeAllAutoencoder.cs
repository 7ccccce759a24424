using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>An autoencoder that decodes the winners of its feature maps and offers the maps, pooled and without competition, as features.</summary>
/// <param name="maps">[N, <paramref name="inputSize"/>] -> [N, maps, height, width], 0 or more.</param>
/// <param name="winners">The competition.</param>
/// <param name="pool">[N, maps, height, width] -> what, flattened, is [N, <paramref name="featureSize"/>].</param>
/// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
/// <param name="inputSize">Pixels a picture.</param>
/// <param name="codeSize">maps * height * width.</param>
/// <param name="featureSize">Numbers that the pooled maps have.</param>
public sealed class WinnerTakeAllAutoencoder(
    Module<Tensor, Tensor> maps,
    WinnerTakeAll winners,
    Module<Tensor, Tensor> pool,
    Module<Tensor, Tensor> decoder,
    int inputSize,
    int codeSize,
    int featureSize)
    : Autoencoder(
        nameof(WinnerTakeAllAutoencoder),
        encoder: Sequential(("maps", maps), ("winners", winners), ("flatten", Flatten())),
        features: Sequential(("maps", maps), ("pool", pool), ("flatten", Flatten())),
        decoder,
        inputSize,
        codeSize,
        featureSize);
