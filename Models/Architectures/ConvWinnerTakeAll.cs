using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A convolutional autoencoder in which only the largest value of each feature map is decoded (Makhzani and Frey,
/// Winner-Take-All Autoencoders, 2015). As there, features are read without the competition, and pooled.
/// </summary>
/// <remarks>The original works at full resolution; the first stride of 2 here makes it about eight times cheaper.</remarks>
internal static class ConvWinnerTakeAll
{
    public static Architecture WinnerTakeAll { get; } = new(
        Name: "winner-take-all",
        Alias: "X.wta",
        Source: "Makhzani and Frey, 2015: Winner-Take-All Autoencoders",
        Description: "convolutional, only the winner of each map is decoded; 1024 pooled features",
        DataSet: "mnist",
        InputShape: [1, 28, 28],
        Layers: "conv32(5)/2-conv64(5)-winners-convT1(12)/2",
        Training: new TrainingDefaults(Epochs: 5, BatchSize: 100),
        Factory: () => FirstWeights.Glorot(new WinnerTakeAllAutoencoder(
            maps: Maps(),
            winners: new Models.WinnerTakeAll(lifetime: 0.2),
            pool: MaxPool2d(5, stride: 3), // [N, 64, 14, 14] -> [N, 64, 4, 4]
            decoder: Decoder(),
            inputSize: 784,
            codeSize: 12544,
            mapSize: 1024)));

    private static Sequential Maps() => Sequential(
        ("picture", Unflatten(1, [1, 28, 28])), // [N, 784] -> [N, 1, 28, 28]
        ("conv1", Conv2d(1, 32, 5, stride: 2, padding: 2L)), // -> [N, 32, 14, 14]
        ("activation1", ReLU()),
        ("conv2", Conv2d(32, 64, 5, padding: 2L)), // -> [N, 64, 14, 14]
        ("activation2", ReLU()));

    private static Sequential Decoder() => Sequential(
        ("maps", Unflatten(1, [64, 14, 14])), // [N, 12544] -> [N, 64, 14, 14]
        ("conv", ConvTranspose2d(64, 1, 12, stride: 2, padding: 5)), // -> [N, 1, 28, 28]
        ("flatten", Flatten())); // -> [N, 784]

    // Decodes the winners of its maps, and offers the maps, pooled and without competition, for classifying.
    private sealed class WinnerTakeAllAutoencoder(
        Module<Tensor, Tensor> maps,
        Models.WinnerTakeAll winners,
        Module<Tensor, Tensor> pool,
        Module<Tensor, Tensor> decoder,
        int inputSize,
        int codeSize,
        int mapSize)
        : Autoencoder(
            nameof(WinnerTakeAllAutoencoder),
            encoder: Sequential(("maps", maps), ("winners", winners), ("flatten", Flatten())),
            map: Sequential(("maps", maps), ("pool", pool), ("flatten", Flatten())),
            decoder,
            inputSize,
            codeSize,
            mapSize);
}
