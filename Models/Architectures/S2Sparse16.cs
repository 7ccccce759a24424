namespace OnnxAE.Models.Architectures;

/// <summary>S2.sparse16: an L1 penalty on a code of 16, which the source then explores one dimension at a time.</summary>
internal static class S2Sparse16
{
    public static Architecture Architecture { get; } = new(
        Id: "S2.sparse16",
        Source: "002, Autoencoders in Keras, part 1: sparse",
        Description: "L1 penalty on a code of 16",
        DataSet: "mnist",
        Layers: "784-48-32-16-32-48-784",
        Training: new TrainingDefaults(Epochs: 400, BatchSize: 256, Objective: "bce + l1(1e-5)"),
        // [N, 784] -> [N, 48] -> [N, 32] -> code [N, 16] -> [N, 32] -> [N, 48] -> [N, 784]
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 48, 32, 16], hidden: Activation.ReLU, code: Activation.Linear, output: Activation.Sigmoid)));
}
