using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Models.Architectures;

/// <summary>S2.conv49: convolutions only, so that the code of 49 is a picture of 7x7 itself.</summary>
internal static class S2Conv49
{
    public static Architecture Architecture { get; } = new(
        Id: "S2.conv49",
        Source: "002, Autoencoders in Keras, part 1: convolutional",
        Description: "convolutional, few parameters, the same code size",
        DataSet: "mnist",
        Layers: "conv128(7)-pool-conv32(2)-pool-conv1(7)-conv32(7)-up-conv128(2)-up-conv1(7)",
        Training: new TrainingDefaults(Epochs: 64, BatchSize: 256, Objective: "bce"),
        Factory: () => FirstWeights.Glorot(new LayeredAutoencoder(
            Features(), Code(), Decoder(), inputSize: 784, featureSize: 1568, codeSize: 49)), // 24,385 parameters each way
        Tuned: new TrainingDefaults(Epochs: 32, BatchSize: 64, LearningRate: 3e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));

    private static Sequential Features() => Sequential(
        ("picture", Unflatten(1, [1, 28, 28])), // [N, 784] -> [N, 1, 28, 28]
        ("conv1", Conv2d(1, 128, 7, Padding.Same)), // -> [N, 128, 28, 28]
        ("activation1", ReLU()),
        ("pool1", MaxPool2d(2)), // -> [N, 128, 14, 14]
        ("conv2", Conv2d(128, 32, 2, Padding.Same)), // -> [N, 32, 14, 14], padded on the right and below as in Keras
        ("activation2", ReLU()),
        ("pool2", MaxPool2d(2)), // -> [N, 32, 7, 7]
        ("flatten", Flatten())); // -> [N, 1568]

    private static Sequential Code() => Sequential(
        ("maps", Unflatten(1, [32, 7, 7])), // [N, 1568] -> [N, 32, 7, 7]
        ("conv", Conv2d(32, 1, 7, Padding.Same)), // -> [N, 1, 7, 7]
        ("activation", ReLU()),
        ("flatten", Flatten())); // -> [N, 49]

    private static Sequential Decoder() => Sequential(
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
