using static TorchSharp.torch.nn;

namespace OnnxAE.Models.Architectures;

/// <summary>S3.vae30: a variational autoencoder with the layers of S3.dense30 and a linear output.</summary>
internal static class S3Vae30
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.vae30",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, Variational Autoencoders",
        Description: "variational, code of 30",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-(30, 30)-500-1000-784",
        // The source adds a KL summed over the batch to an error averaged over pixels, which gives the code up. 784 / 2 times the
        // mean plus the KL an image is the negative evidence lower bound for pixels of variance 1, but for a constant.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Objective: "mse(392) + kl"),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            features: Sequential(
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
            featureSize: 500,
            codeSize: 30)),
        Kind: ArchitectureKind.VariationalAutoencoder);
}
