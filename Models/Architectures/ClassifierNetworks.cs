using static TorchSharp.torch.nn;

namespace OnnxAE.Models;

/// <summary>Classifiers: an encoder and one output layer.</summary>
internal static class ClassifierNetworks
{
    /// <summary>The source shows with it how a hidden layer is read out: the second one, 100 wide, is the code.</summary>
    public static Architecture Mlp100 { get; } = new(
        Name: "mlp-100",
        Alias: "S0.mlp",
        Source: "000, Autoencoder und Generative Models: Functional API",
        Description: "classifier whose second hidden layer gives the features",
        DataSet: "mnist",
        Layers: "784-100-100-10",
        InputShape: RowShape.Grey28,
        CodeSize: 100,
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 100, Objective: "cross-entropy", Optimizer: OptimizerKind.RMSprop),
        Factory: () => FirstWeights.Glorot(CreateMlp100()),
        Kind: ArchitectureKind.Classifier);

    /// <summary>The encoder of dense-30 with one output layer. Its source trains it on 1 % of the labels, from the trained encoder and from random
    /// weights, and compares; <c>onnxae reproduce</c> does both. Trained by itself it is the second of them.</summary>
    public static Architecture Dense30Classifier { get; } = new(
        Name: "dense-30-classifier",
        Alias: "S3.semi",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, Semi-supervised learning",
        Description: "classifier on the encoder of dense-30",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-10",
        InputShape: RowShape.Grey28,
        CodeSize: 30,
        // The source prints no settings. These were chosen for 600 labels, from random weights; see ClassifierOptions.
        Training: new TrainingDefaults(Epochs: 60, BatchSize: 32, LearningRate: 3e-4, Objective: "cross-entropy"),
        Factory: () => FirstWeights.Glorot(CreateDense30Classifier()),
        Kind: ArchitectureKind.Classifier);

    private static EncoderClassifier CreateMlp100() => new(
        encoder: Sequential(
            ("dense1", Linear(784, 100)), // [N, 784] -> [N, 100]
            ("activation1", ReLU()),
            ("dense2", Linear(100, 100)), // -> features [N, 100]
            ("activation2", ReLU())),
        inputSize: 784,
        codeSize: 100,
        classCount: 10); // -> logits [N, 10]; the exported file applies the softmax

    // [N, 784] -> [N, 1000] -> [N, 500] -> code [N, 30] -> logits [N, 10]; 1,300,840 parameters
    private static EncoderClassifier CreateDense30Classifier()
    {
        DenseAutoencoder whole = DenseNetworks.CreateDense30();
        whole.Decoder.Dispose(); // only the encoder becomes a part of the classifier
        return new EncoderClassifier(whole.Encoder, whole.InputSize, whole.CodeSize, classCount: 10);
    }
}
