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
        Layers: "conv32(5)/2-conv64(5)-winners-convT1(12)/2",
        InputShape: RowShape.Grey28,
        CodeSize: 12544,
        Training: new TrainingDefaults(Epochs: 5, BatchSize: 100),
        Factory: () => Create(RowShape.Grey28, mapCount: 64, halvings: 1)); // [N, 784] -> code [N, 12544] -> [N, 784]; map [N, 1024]

    /// <summary>The network for pictures of a shape.</summary>
    /// <param name="shape">[channels, height, width], the sides 8 or more.</param>
    /// <param name="mapCount">Maps whose winners are decoded.</param>
    /// <param name="halvings">How often the picture is halved, rounded up, before its maps are made; 1 or more.</param>
    public static Autoencoder Create(IReadOnlyList<int> shape, int mapCount, int halvings)
    {
        (int channels, int height, int width) = (shape[0], shape[1], shape[2]);
        List<(string, Module<Tensor, Tensor>)> layers = [("picture", Unflatten(1, [channels, height, width]))];
        for (int i = 1; i <= halvings + 1; i++)
        {
            bool halves = i <= halvings;
            layers.Add(($"conv{i}", Conv2d(i switch { 1 => channels, 2 => 32, _ => 64 }, i == 1 ? 32 : halves ? 64 : mapCount, 5, stride: halves ? 2 : 1, padding: 2L)));
            layers.Add(($"activation{i}", ReLU()));
            (height, width) = halves ? ((height + 1) / 2, (width + 1) / 2) : (height, width);
        }

        // One winner paints six times the stride, 12 pixels for a stride of 2; a pixel less for each that the halves were rounded up by.
        int stride = 1 << halvings, padding = 5 * stride / 2;
        var kernel = ((6 * stride) + shape[1] - (stride * height), (6 * stride) + shape[2] - (stride * width));
        (int Height, int Width) pool = (Math.Min(height, 5), Math.Min(width, 5));
        return FirstWeights.Glorot(new WinnerTakeAllAutoencoder(
            maps: Sequential(layers), // [N, pixels] -> [N, maps, height, width]
            winners: new Models.WinnerTakeAll(lifetime: 0.2),
            pool: MaxPool2d(pool, stride: (3, 3)), // [N, 64, 14, 14] -> [N, 64, 4, 4]
            decoder: Sequential(
                ("maps", Unflatten(1, [mapCount, height, width])),
                ("conv", ConvTranspose2d(mapCount, channels, kernel, stride: (stride, stride), padding: (padding, padding))),
                ("flatten", Flatten())), // -> [N, pixels]
            inputSize: RowShape.SizeOf(shape),
            codeSize: mapCount * height * width,
            mapSize: mapCount * (((height - pool.Height) / 3) + 1) * (((width - pool.Width) / 3) + 1)));
    }

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
