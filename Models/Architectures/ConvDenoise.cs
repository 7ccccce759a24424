using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>
/// A strided convolutional autoencoder that undoes deformations, for classifying with few
/// labels. Digits do best on its code, clothes on the map before it.
/// </summary>
internal static class ConvDenoise
{
    /// <summary>Numbers that the map has, flattened.</summary>
    public const int MapSize = 2048;

    public static Architecture Code256 { get; } = new(
        Name: "conv-denoise-256",
        Alias: "X.convdae256",
        Source: "OnnxAE, after Vincent et al., 2010: Stacked Denoising Autoencoders",
        Description: "convolutional, undoes deformations of digits; map of 2048, code of 256",
        DataSet: "mnist",
        Layers: "conv32(5)/2-conv64/2-conv128/2-256-512-784",
        InputShape: RowShape.Grey28,
        CodeSize: 256,
        Training: Training("affine(18, 0.2, 0.25, 0.18) + elastic(0.14, 5)"),
        Factory: () => Create(256));

    public static Architecture Code512 { get; } = new(
        Name: "conv-denoise-512",
        Alias: "X.convdae512",
        Source: "OnnxAE, after Vincent et al., 2010: Stacked Denoising Autoencoders",
        Description: "convolutional, undoes deformations of clothes; map of 2048, code of 512",
        DataSet: "fashion-mnist",
        Layers: "conv32(5)/2-conv64/2-conv128/2-512-512-784",
        InputShape: RowShape.Grey28,
        CodeSize: 512,
        Training: Training("affine(6, 0.1, 0.08, 0.12) + elastic(0.04, 5)"),
        Factory: () => Create(512));

    private static TrainingDefaults Training(string corruption) => new(
        Epochs: 7,
        BatchSize: 256,
        LearningRate: 2e-3,
        Objective: "bce-logits",
        Corruption: corruption,
        Schedule: LearningRateSchedule.OneCycle,
        Optimizer: OptimizerKind.AdamW,
        WeightDecay: 1e-4);

    private static LayeredAutoencoder Create(int codeSize) => new(
        Map(),
        Code(codeSize),
        Decoder(codeSize),
        inputSize: 784,
        MapSize,
        codeSize);

    /// <summary>[N, <paramref name="mapSize"/>] -> [N, <paramref name="codeSize"/>].</summary>
    public static Sequential Code(int codeSize, int mapSize = MapSize) => Sequential(
        ("dense", Linear(mapSize, codeSize)),
        ("normalization", BatchNorm1d(codeSize)),
        ("activation", ReLU()));

    /// <summary>[N, <paramref name="codeSize"/>] -> [N, <paramref name="pixels"/>].</summary>
    public static Sequential Decoder(int codeSize, int pixels = 784) => Sequential(
        ("dense1", Linear(codeSize, 512)), // [N, code] -> [N, 512]
        ("activation", ReLU()),
        ("dense2", Linear(512, pixels)), // -> [N, pixels]
        ("output", Sigmoid()));

    /// <summary>[N, 784] -> [N, 2048]: the map of 128 times 4x4, flattened.</summary>
    public static Sequential Map() => Sequential(
        ("picture", Unflatten(1, [1, 28, 28])), // [N, 784] -> [N, 1, 28, 28]
        ("conv1", Conv2d(1, 32, 5, stride: 2, padding: 2L)), // -> [N, 32, 14, 14]
        ("normalization1", BatchNorm2d(32)),
        ("activation1", ReLU()),
        ("conv2", Conv2d(32, 64, 3, stride: 2, padding: 1L)), // -> [N, 64, 7, 7]
        ("normalization2", BatchNorm2d(64)),
        ("activation2", ReLU()),
        ("conv3", Conv2d(64, 128, 3, stride: 2, padding: 1L)), // -> [N, 128, 4, 4]
        ("normalization3", BatchNorm2d(128)),
        ("activation3", ReLU()),
        ("flatten", Flatten())); // -> [N, 2048]
}
