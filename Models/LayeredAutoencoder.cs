using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>An autoencoder of any modules: the layers before the code, the code, and the way back.</summary>
/// <param name="features">[N, <paramref name="inputSize"/>] -> [N, <paramref name="featureSize"/>].</param>
/// <param name="code">[N, <paramref name="featureSize"/>] -> [N, <paramref name="codeSize"/>].</param>
/// <param name="decoder">[N, <paramref name="codeSize"/>] -> [N, <paramref name="inputSize"/>].</param>
/// <param name="inputSize">Pixels a picture.</param>
/// <param name="featureSize">Numbers that the layers before the code give.</param>
/// <param name="codeSize">Numbers a code.</param>
public class LayeredAutoencoder(
    Module<Tensor, Tensor> features, Module<Tensor, Tensor> code, Module<Tensor, Tensor> decoder, int inputSize, int featureSize, int codeSize)
    : Autoencoder(
        nameof(LayeredAutoencoder), Sequential(("features", features), ("code", code)), features, decoder, inputSize, codeSize, featureSize);
