using static TorchSharp.torch.nn;

namespace OnnxAE.Models.Architectures;

/// <summary>S4.vae2: the smallest variational autoencoder; its two code dimensions are plotted and decoded on a grid.</summary>
internal static class S4Vae2
{
    public static Architecture Architecture { get; } = new(
        Id: "S4.vae2",
        Source: "004, High Dimensional & Deep Learning: Variational Autoencoders",
        Description: "variational, code of 2 for plotting",
        DataSet: "mnist",
        Layers: "784-512-(2, 2)-512-784",
        Training: new TrainingDefaults(Epochs: 50, BatchSize: 100, Objective: "bce(784) + kl"),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            features: Sequential(
                ("dense", Linear(784, 512)), // [N, 784] -> [N, 512]
                ("activation", ReLU())), // -> means and log-variances, 2 x [N, 2]; 403,972 parameters
            decoder: Sequential(
                ("dense1", Linear(2, 512)), // [N, 2] -> [N, 512]
                ("activation", ReLU()),
                ("dense2", Linear(512, 784)), // -> [N, 784]; 403,728 parameters
                ("output", Sigmoid())),
            inputSize: 784,
            featureSize: 512,
            codeSize: 2)),
        Kind: ArchitectureKind.VariationalAutoencoder,
        // The divergence's long warm-up lets the ten digits spread in the plane before it draws them together.
        Tuned: new TrainingDefaults(
            Epochs: 24, BatchSize: 32, LearningRate: 3e-3, Objective: "bce(784) + kl(1, 14)", Schedule: LearningRateSchedule.OneCycle));
}
