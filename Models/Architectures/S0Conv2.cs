using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models.Architectures;

/// <summary>S0.conv2: a convolutional autoencoder with a code of two numbers, which can be plotted as they are.</summary>
internal static class S0Conv2
{
    public static Architecture Architecture { get; } = new(
        Id: "S0.conv2",
        Source: "000, Autoencoder und Generative Models: Erstellung eines Deep Autoencoders",
        Description: "convolutional, code of 2 for plotting",
        DataSet: "mnist",
        Layers: "conv32-conv64/2-conv64-conv64-32-2-12544-convT32/2-conv1",
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(new LayeredAutoencoder(
            Features(), code: Linear(32, 2), Decoder(), inputSize: 784, featureSize: 32, codeSize: 2)));

    // Keras pads a strided layer on the right and below, torch on all sides: shapes and parameters are the same.
    public static Sequential Features() => Sequential(
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

    public static Sequential Decoder() => Sequential(
        ("dense", Linear(2, 12544)), // [N, 2] -> [N, 12544]
        ("activation1", ReLU()),
        ("maps", Unflatten(1, [64, 14, 14])), // -> [N, 64, 14, 14]
        ("conv1", ConvTranspose2d(64, 32, 3, stride: 2, padding: 1, output_padding: 1)), // -> [N, 32, 28, 28]
        ("activation2", ReLU()),
        ("conv2", Conv2d(32, 1, 3, padding: 1L)), // -> [N, 1, 28, 28]
        ("flatten", Flatten()), // -> [N, 784]
        ("output", Sigmoid()));
}
