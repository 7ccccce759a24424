namespace OnnxAE.Models.Architectures;

/// <summary>S1.dense64: written "on foot" in its source: sigmoids everywhere, every weight and bias drawn from N(0, 0.05^2).</summary>
internal static class S1Dense64
{
    public static Architecture Architecture { get; } = new(
        Id: "S1.dense64",
        Source: "001, Auto-Encoder",
        Description: "sigmoid layers; its codes can be shown as pictures of 8x8",
        DataSet: "fashion-mnist",
        Layers: "784-128-64-128-784",
        // 5000 steps of 64 are a little over five epochs of 60,000.
        Training: new TrainingDefaults(Epochs: 6, BatchSize: 64, LearningRate: 0.01, Steps: 5000),
        Factory: () => FirstWeights.Normal(
            // [N, 784] -> [N, 128] -> code [N, 64] -> [N, 128] -> [N, 784]
            new DenseAutoencoder([784, 128, 64], hidden: Activation.Sigmoid, code: Activation.Sigmoid, output: Activation.Sigmoid),
            deviation: 0.05));
}
