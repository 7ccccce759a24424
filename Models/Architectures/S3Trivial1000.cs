namespace OnnxAE.Models.Architectures;

/// <summary>
/// S3.trivial1000: a code wider than the picture and no non-linearity. It rebuilds nearly perfectly and learns nothing,
/// which is why the source shows it first.
/// </summary>
internal static class S3Trivial1000
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.trivial1000",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 1",
        Description: "linear, wider than its input: near-perfect reconstruction, useless code",
        DataSet: "fashion-mnist",
        Layers: "784-1000-784",
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64),
        Factory: () => FirstWeights.Glorot(new DenseAutoencoder(
            [784, 1000], // [N, 784] -> code [N, 1000] -> [N, 784]
            hidden: Activation.Linear, code: Activation.Linear, output: Activation.Linear)),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, Schedule: LearningRateSchedule.OneCycle));
}
