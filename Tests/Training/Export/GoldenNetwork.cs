using OnnxAE.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>A small network of each family, its weights counted and not drawn: its file depends on no generator.</summary>
internal sealed record GoldenNetwork(string Name, Func<Module<Tensor, Tensor>> Network, long[] Shape)
{
    public static IReadOnlyList<GoldenNetwork> All { get; } =
    [
        new("dense-autoencoder", () => new DenseAutoencoder([6, 4, 2], Activation.ReLU, Activation.Linear, Activation.Sigmoid), [6]),
        new("variational-autoencoder", () => new VariationalAutoencoder(
            Sequential(Linear(6, 4), Tanh()), Sequential(Linear(2, 4), ReLU(), Linear(4, 6), Sigmoid()), inputSize: 6, mapSize: 4, codeSize: 2), [6]),
        new("convolutional-autoencoder", () => new LayeredAutoencoder(
            map: Sequential(Unflatten(1, [1, 4, 4]), Conv2d(1, 2, 3, padding: 1), BatchNorm2d(2), ReLU(), MaxPool2d(2), Flatten()),
            code: Linear(8, 3),
            decoder: Sequential(Linear(3, 8), Unflatten(1, [2, 2, 2]), ConvTranspose2d(2, 1, 2, stride: 2), Sigmoid(), Flatten()),
            inputSize: 16,
            mapSize: 8,
            codeSize: 3), [16]),
        new("winner-take-all", () => Sequential(Unflatten(1, [1, 4, 4]), Conv2d(1, 2, 3), ReLU(), new WinnerTakeAll(0.1), Flatten()), [16]),
        new("classifier", () => new EncoderClassifier(Sequential(Linear(6, 4), ReLU()), inputSize: 6, codeSize: 4, classCount: 3), [6]),
        new("residual", () => Sequential(
            Conv1d(2, 4, 3, padding: 1), new Residual(Sequential(GroupNorm(2, 4), SiLU(), Conv1d(4, 4, 1))), new Concat(1, Identity(), GELU()), AdaptiveAvgPool1d(2)), [2, 6]),
    ];

    public Module<Tensor, Tensor> Create()
    {
        Module<Tensor, Tensor> network = Network();
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
        {
            parameter.copy_(((arange(1, parameter.numel() + 1, dtype: ScalarType.Float32) * 0.125f) - 0.5f).reshape(parameter.shape));
        }

        network.eval();
        return network;
    }
}
