namespace OnnxAE.Models.Architectures;

/// <summary>S3.sparse: S3.dense30 with the mean activation of every code unit pulled to 0.2.</summary>
internal static class S3Sparse
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.sparse",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "S3.dense30 with a KL penalty on mean activations",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        // The source leaves the weight open: at 0.001 a unit that is on half of the time costs about a fiftieth of the error.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Objective: "mse + sparsity(0.2, 0.001)"),
        // The divergence takes activations as probabilities, and the source's ReLU code has no upper end: a sigmoid has.
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 1000, 500, 30], hidden: Activation.ReLU, code: Activation.Sigmoid, output: Activation.Linear)));
}
