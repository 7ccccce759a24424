using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Networks of convolutions.</summary>
internal static class ConvolutionalNetworks
{
    /// <summary>A code of two numbers, which can be plotted as they are.</summary>
    public static Architecture Conv2 { get; } = new(
        Name: "conv-2",
        Alias: "S0.conv2",
        Source: "000, Autoencoder und Generative Models: Erstellung eines Deep Autoencoders",
        Description: "convolutional, code of 2 for plotting",
        DataSet: "mnist",
        Layers: "conv32-conv64/2-conv64-conv64-32-2-12544-convT32/2-conv1",
        InputShape: RowShape.Grey28,
        CodeSize: 2,
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(new LayeredAutoencoder(
            Conv2Map(), code: Linear(32, 2), Conv2Decoder(), inputSize: 784, mapSize: 32, codeSize: 2)));

    /// <summary>Convolutions only, so that the code of 49 is a picture of 7x7 itself.</summary>
    public static Architecture Conv49 { get; } = new(
        Name: "conv-49",
        Alias: "S2.conv49",
        Source: "002, Autoencoders in Keras, part 1: convolutional",
        Description: "convolutional, few parameters, the same code size",
        DataSet: "mnist",
        Layers: "conv128(7)-pool-conv32(2)-pool-conv1(7)-conv32(7)-up-conv128(2)-up-conv1(7)",
        InputShape: RowShape.Grey28,
        CodeSize: 49,
        Training: new TrainingDefaults(Epochs: 64, BatchSize: 256, Objective: "bce"),
        Factory: () => FirstWeights.Glorot(new LayeredAutoencoder(
            Conv49Map(), Conv49Code(), Conv49Decoder(), inputSize: 784, mapSize: 1568, codeSize: 49)), // 24,385 parameters each way
        Tuned: new TrainingDefaults(Epochs: 32, BatchSize: 64, LearningRate: 3e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));

    // Keras pads a strided layer on the right and below, torch on all sides: shapes and parameters are the same.
    public static Sequential Conv2Map() => Sequential(
        ("picture", Unflatten(1, [1, 28, 28])), // [N, 784] -> [N, 1, 28, 28]
        ("conv1", Conv2d(1, 32, 3, padding: 1L)), // -> [N, 32, 28, 28]
        ("activation1", ReLU()),
        ("conv2", Conv2d(32, 64, 3, stride: 2, padding: 1L)), // -> [N, 64, 14, 14]
        ("activation2", ReLU()),
        ("conv3", Conv2d(64, 64, 3, padding: 1L)), // -> [N, 64, 14, 14]
        ("activation3", ReLU()),
        ("conv4", Conv2d(64, 64, 3, padding: 1L)), // -> [N, 64, 14, 14]
        ("activation4", ReLU()),
        ("flatten", Flatten()), // -> [N, 12544]
        ("dense", Linear(12544, 32)), // -> [N, 32]
        ("activation5", ReLU()));

    public static Sequential Conv2Decoder() => Sequential(
        ("dense", Linear(2, 12544)), // [N, 2] -> [N, 12544]
        ("activation1", ReLU()),
        ("maps", Unflatten(1, [64, 14, 14])), // -> [N, 64, 14, 14]
        ("conv1", ConvTranspose2d(64, 32, 3, stride: 2, padding: 1, output_padding: 1)), // -> [N, 32, 28, 28]
        ("activation2", ReLU()),
        ("conv2", Conv2d(32, 1, 3, padding: 1L)), // -> [N, 1, 28, 28]
        ("flatten", Flatten()), // -> [N, 784]
        ("output", Sigmoid()));

    private static Sequential Conv49Map() => Sequential(
        ("picture", Unflatten(1, [1, 28, 28])), // [N, 784] -> [N, 1, 28, 28]
        ("conv1", Conv2d(1, 128, 7, Padding.Same)), // -> [N, 128, 28, 28]
        ("activation1", ReLU()),
        ("pool1", MaxPool2d(2)), // -> [N, 128, 14, 14]
        ("conv2", Conv2d(128, 32, 2, Padding.Same)), // -> [N, 32, 14, 14], padded on the right and below as in Keras
        ("activation2", ReLU()),
        ("pool2", MaxPool2d(2)), // -> [N, 32, 7, 7]
        ("flatten", Flatten())); // -> [N, 1568]

    private static Sequential Conv49Code() => Sequential(
        ("maps", Unflatten(1, [32, 7, 7])), // [N, 1568] -> [N, 32, 7, 7]
        ("conv", Conv2d(32, 1, 7, Padding.Same)), // -> [N, 1, 7, 7]
        ("activation", ReLU()),
        ("flatten", Flatten())); // -> [N, 49]

    private static Sequential Conv49Decoder() => Sequential(
        ("maps", Unflatten(1, [1, 7, 7])), // [N, 49] -> [N, 1, 7, 7]
        ("conv1", Conv2d(1, 32, 7, Padding.Same)), // -> [N, 32, 7, 7]
        ("activation1", ReLU()),
        ("up1", Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest)), // -> [N, 32, 14, 14]
        ("conv2", Conv2d(32, 128, 2, Padding.Same)), // -> [N, 128, 14, 14]
        ("activation2", ReLU()),
        ("up2", Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest)), // -> [N, 128, 28, 28]
        ("conv3", Conv2d(128, 1, 7, Padding.Same)), // -> [N, 1, 28, 28]
        ("flatten", Flatten()), // -> [N, 784]
        ("output", Sigmoid()));
}
