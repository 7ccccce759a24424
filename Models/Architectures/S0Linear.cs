namespace OnnxAE.Models.Architectures;

/// <summary>
/// S0.linear2 and S0.linear100: one layer each way and no activation. With squared error the best such network spans the same
/// space as the leading principal components (Baldi and Hornik, 1989), as the source says.
/// </summary>
internal static class S0Linear
{
    public static Architecture Linear2 { get; } = new(
        Id: "S0.linear2",
        Source: "000, Autoencoder und Generative Models: Erstellung eines einfachen Autoencoders",
        Description: "linear; equals PCA of the same width",
        DataSet: "mnist",
        Layers: "784-2-784",
        // The source names no epochs for this width; those of the wider one.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop),
        Factory: () => Create(2),
        Tuned: Tuned);

    public static Architecture Linear100 { get; } = new(
        Id: "S0.linear100",
        Source: "000, Autoencoder und Generative Models: Erstellung eines einfachen Autoencoders",
        Description: "linear; its code dimensions 2 and 80 are what the source plots",
        DataSet: "mnist",
        Layers: "784-100-784",
        // The source's settings but for the schedule: at a constant rate RMSprop's steps never grow smaller, and the error
        // stays 8 % above that of PCA, which the source says it equals.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 50, Optimizer: OptimizerKind.RMSprop, Schedule: LearningRateSchedule.Cosine),
        Factory: () => Create(100),
        Tuned: Tuned);

    private static TrainingDefaults Tuned => new(Epochs: 5, BatchSize: 50, LearningRate: 3e-3, Schedule: LearningRateSchedule.OneCycle);

    // [N, 784] -> code [N, codeSize] -> [N, 784]
    private static DenseAutoencoder Create(int codeSize) => FirstWeights.Glorot(
        new DenseAutoencoder([784, codeSize], hidden: Activation.Linear, code: Activation.Linear, output: Activation.Linear));
}
