namespace OnnxAE.Models;

/// <summary>
/// Linear networks: one layer each way and no activation. With squared error the best such network spans the same space as the
/// leading principal components (Baldi and Hornik, 1989).
/// </summary>
internal static class LinearNetworks
{
    public static Architecture Linear2 { get; } = new(
        Name: "linear-2",
        Alias: "S0.linear2",
        Source: "000, Autoencoder und Generative Models: Erstellung eines einfachen Autoencoders",
        Description: "linear; equals PCA of the same width",
        DataSet: "mnist",
        Layers: "784-2-784",
        InputShape: RowShape.Grey28,
        CodeSize: 2,
        // The source names no epochs for this width; those of the wider one.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop),
        Factory: () => Create(2),
        Tuned: TunedNarrow);

    public static Architecture Linear100 { get; } = new(
        Name: "linear-100",
        Alias: "S0.linear100",
        Source: "000, Autoencoder und Generative Models: Erstellung eines einfachen Autoencoders",
        Description: "linear; its code dimensions 2 and 80 are what the source plots",
        DataSet: "mnist",
        Layers: "784-100-784",
        InputShape: RowShape.Grey28,
        CodeSize: 100,
        // The source's settings but for the schedule: at a constant rate RMSprop's steps never grow smaller, and the error
        // stays 8 % above that of PCA, which the source says it equals.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop, Schedule: LearningRateSchedule.Cosine),
        Factory: () => Create(100),
        Tuned: TunedNarrow);

    /// <summary>A code wider than the picture: it rebuilds nearly perfectly and learns nothing, which is why the source shows it first.</summary>
    public static Architecture Linear1000 { get; } = new(
        Name: "linear-1000",
        Alias: "S3.trivial1000",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 1",
        Description: "linear, wider than its input: near-perfect reconstruction, useless code",
        DataSet: "fashion-mnist",
        Layers: "784-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 1000,
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64),
        Factory: () => Create(1000),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, Schedule: LearningRateSchedule.OneCycle));

    private static TrainingDefaults TunedNarrow => new(Epochs: 5, BatchSize: 50, LearningRate: 3e-3, Schedule: LearningRateSchedule.OneCycle);

    // [N, 784] -> code [N, codeSize] -> [N, 784]
    private static DenseAutoencoder Create(int codeSize) => FirstWeights.Glorot(
        new DenseAutoencoder([784, codeSize], hidden: Activation.Linear, code: Activation.Linear, output: Activation.Linear));
}
