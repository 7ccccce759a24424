namespace OnnxAE.Models.Architectures;

/// <summary>S2.deep49: the code of S2.dense49 behind more layers, and without an activation.</summary>
internal static class S2Deep49
{
    public static Architecture Architecture { get; } = new(
        Id: "S2.deep49",
        Source: "002, Autoencoders in Keras, part 1: deep",
        Description: "deeper, the same code size",
        DataSet: "mnist",
        Layers: "784-147-98-49-98-147-784",
        Training: new TrainingDefaults(Epochs: 100, BatchSize: 256, Objective: "bce"),
        // [N, 784] -> [N, 147] -> [N, 98] -> code [N, 49] -> [N, 98] -> [N, 147] -> [N, 784]; 270,235 parameters
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 147, 98, 49], hidden: Activation.ReLU, code: Activation.Linear, output: Activation.Sigmoid)),
        Tuned: new TrainingDefaults(Epochs: 50, BatchSize: 128, LearningRate: 3e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));
}
