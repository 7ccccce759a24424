using static TorchSharp.torch.nn;

namespace OnnxAE.Models.Architectures;

/// <summary>
/// S0.mlp: no autoencoder but a classifier, with which the source shows how a hidden layer is read out: its second one, 100
/// wide, is the code.
/// </summary>
internal static class S0Mlp
{
    public static Architecture Architecture { get; } = new(
        Id: "S0.mlp",
        Source: "000, Autoencoder und Generative Models: Functional API",
        Description: "classifier whose second hidden layer gives the features",
        DataSet: "mnist",
        Layers: "784-100-100-10",
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 100, Objective: "cross-entropy", Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(Create()),
        Kind: ArchitectureKind.Classifier);

    private static EncoderClassifier Create() => new(
        encoder: Sequential(
            ("dense1", Linear(784, 100)), // [N, 784] -> [N, 100]
            ("activation1", ReLU()),
            ("dense2", Linear(100, 100)), // -> features [N, 100]
            ("activation2", ReLU())),
        inputSize: 784,
        codeSize: 100,
        classCount: 10); // -> logits [N, 10]; the exported file applies the softmax
}
