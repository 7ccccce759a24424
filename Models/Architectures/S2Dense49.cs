namespace OnnxAE.Models.Architectures;

/// <summary>S2.dense49 and S2.denoise: the smallest autoencoder of the source, trained on clean and on noised pictures.</summary>
internal static class S2Dense49
{
    public static Architecture Dense49 { get; } = new(
        Id: "S2.dense49",
        Source: "002, Autoencoders in Keras, part 1: undercomplete",
        Description: "one ReLU layer as the code",
        DataSet: "mnist",
        Layers: "784-49-784",
        Training: new TrainingDefaults(Epochs: 50, BatchSize: 256, Objective: "bce"),
        Factory: Create,
        Tuned: new TrainingDefaults(Epochs: 25, BatchSize: 128, LearningRate: 5e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));

    // The source goes on from the trained weights of S2.dense49, and so does 'onnxae reproduce'; by itself it starts from new ones.
    public static Architecture Denoise { get; } = new(
        Id: "S2.denoise",
        Source: "002, Autoencoders in Keras, part 1: denoising",
        Description: "S2.dense49 trained from brightened, noisy pictures towards the clean ones",
        DataSet: "mnist",
        Layers: "784-49-784",
        Training: new TrainingDefaults(Epochs: 200, BatchSize: 16, Objective: "bce", Corruption: "gaussian(0.5, 0.5)"),
        Factory: Create);

    // [N, 784] -> code [N, 49] -> [N, 784]; 77,665 parameters
    private static DenseAutoencoder Create() => FirstWeights.Glorot(
        new DenseAutoencoder([784, 49], hidden: Activation.ReLU, code: Activation.ReLU, output: Activation.Sigmoid));
}
