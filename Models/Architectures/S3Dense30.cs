namespace OnnxAE.Models.Architectures;

/// <summary>S3.dense30: the compressing autoencoder of the source; its code passes a ReLU too, its output is linear.</summary>
internal static class S3Dense30
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.dense30",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "compression to 30 numbers",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64),
        Factory: () => FirstWeights.Glorot(Create()),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, LearningRate: 2e-3, Schedule: LearningRateSchedule.OneCycle));

    // Encoder [N, 784] -> [N, 1000] -> [N, 500] -> code [N, 30]; decoder back the same way to [N, 784].
    public static DenseAutoencoder Create() =>
        new([784, 1000, 500, 30], hidden: Activation.ReLU, code: Activation.ReLU, output: Activation.Linear);
}
