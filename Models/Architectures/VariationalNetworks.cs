using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Variational networks: layers, then heads for means and log-variances in the place of the code.</summary>
internal static class VariationalNetworks
{
    /// <summary>The layers of conv-2.</summary>
    public static Architecture ConvVae2 { get; } = new(
        Name: "conv-vae-2",
        Alias: "S0.convvae2",
        Source: "000, Autoencoder und Generative Models: Variational Autoencoder",
        Description: "variational and convolutional, code of 2",
        DataSet: "mnist",
        Layers: "conv32-conv64/2-conv64-conv64-32-(2, 2)-12544-convT32/2-conv1",
        InputShape: RowShape.Grey28,
        CodeSize: 2,
        // The source weights -mean(1 + ln v - m^2 - v) over 2 dimensions by 5e-4: with two of them, that is 5e-4 times the KL.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 16, Objective: "bce + kl(5e-4)", Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            ConvolutionalNetworks.Conv2Map(), ConvolutionalNetworks.Conv2Decoder(), inputSize: 784, mapSize: 32, codeSize: 2)), // [N, 784] -> 2 x [N, 2] -> [N, 784]
        Kind: ArchitectureKind.VariationalAutoencoder);

    /// <summary>The layers of dense-30, and a linear output.</summary>
    public static Architecture Vae30 { get; } = new(
        Name: "vae-30",
        Alias: "S3.vae30",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, Variational Autoencoders",
        Description: "variational, code of 30",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-(30, 30)-500-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 30,
        // The source adds a KL summed over the batch to an error averaged over pixels, which gives the code up. 784 / 2 times the
        // mean plus the KL an image is the negative evidence lower bound for pixels of variance 1, but for a constant.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Objective: "mse(392) + kl"),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            map: Sequential(
                ("dense1", Linear(784, 1000)), // [N, 784] -> [N, 1000]
                ("activation1", ReLU()),
                ("dense2", Linear(1000, 500)), // -> [N, 500]
                ("activation2", ReLU())), // -> means and log-variances, 2 x [N, 30]
            decoder: Sequential(
                ("dense1", Linear(30, 500)), // [N, 30] -> [N, 500]
                ("activation1", ReLU()),
                ("dense2", Linear(500, 1000)), // -> [N, 1000]
                ("activation2", ReLU()),
                ("dense3", Linear(1000, 784))), // -> [N, 784]
            inputSize: 784,
            mapSize: 500,
            codeSize: 30)),
        Kind: ArchitectureKind.VariationalAutoencoder);

    /// <summary>The smallest one; its two code dimensions are plotted and decoded on a grid.</summary>
    public static Architecture Vae2 { get; } = new(
        Name: "vae-2",
        Alias: "S4.vae2",
        Source: "004, High Dimensional & Deep Learning: Variational Autoencoders",
        Description: "variational, code of 2 for plotting",
        DataSet: "mnist",
        Layers: "784-512-(2, 2)-512-784",
        InputShape: RowShape.Grey28,
        CodeSize: 2,
        Training: new TrainingDefaults(Epochs: 50, BatchSize: 100, Objective: "bce(784) + kl"),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            map: Sequential(
                ("dense", Linear(784, 512)), // [N, 784] -> [N, 512]
                ("activation", ReLU())), // -> means and log-variances, 2 x [N, 2]; 403,972 parameters
            decoder: Sequential(
                ("dense1", Linear(2, 512)), // [N, 2] -> [N, 512]
                ("activation", ReLU()),
                ("dense2", Linear(512, 784)), // -> [N, 784]; 403,728 parameters
                ("output", Sigmoid())),
            inputSize: 784,
            mapSize: 512,
            codeSize: 2)),
        Kind: ArchitectureKind.VariationalAutoencoder,
        // The divergence's long warm-up lets the ten digits spread in the plane before it draws them together.
        Tuned: new TrainingDefaults(
            Epochs: 24, BatchSize: 32, LearningRate: 3e-3, Objective: "bce(784) + kl(1, 14)", Schedule: LearningRateSchedule.OneCycle));
}
