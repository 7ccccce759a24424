namespace OnnxAE.Models.Architectures;

/// <summary>S0.convvae2: the layers of S0.conv2 with heads for means and log-variances in the place of the code.</summary>
internal static class S0ConvVae2
{
    public static Architecture Architecture { get; } = new(
        Id: "S0.convvae2",
        Source: "000, Autoencoder und Generative Models: Variational Autoencoder",
        Description: "variational and convolutional, code of 2",
        DataSet: "mnist",
        Layers: "conv32-conv64/2-conv64-conv64-32-(2, 2)-12544-convT32/2-conv1",
        // The source weights -mean(1 + ln v - m^2 - v) over 2 dimensions by 5e-4: with two of them, that is 5e-4 times the KL.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 16, Objective: "bce + kl(5e-4)", Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(new VariationalAutoencoder(
            S0Conv2.Features(), S0Conv2.Decoder(), inputSize: 784, featureSize: 32, codeSize: 2)), // [N, 784] -> 2 x [N, 2] -> [N, 784]
        Kind: ArchitectureKind.VariationalAutoencoder);
}
