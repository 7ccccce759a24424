namespace OnnxAE.Models.Architectures;

/// <summary>
/// S3.semi: the encoder of S3.dense30 with one output layer. Its source trains it on 1 % of the labels, from the trained encoder
/// and from random weights, and compares; <c>onnxae reproduce</c> does both. Trained by itself it is the second of them.
/// </summary>
internal static class S3Semi
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.semi",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, Semi-supervised learning",
        Description: "classifier on the encoder of S3.dense30",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-10",
        // The source prints no settings. These were chosen for 600 labels, from random weights; see ClassifierOptions.
        Training: new TrainingDefaults(Epochs: 60, BatchSize: 32, LearningRate: 3e-4, Objective: "cross-entropy"),
        Factory: () => FirstWeights.Glorot(Create()),
        Kind: ArchitectureKind.Classifier);

    // [N, 784] -> [N, 1000] -> [N, 500] -> code [N, 30] -> logits [N, 10]; 1,300,840 parameters
    private static EncoderClassifier Create()
    {
        DenseAutoencoder whole = S3Dense30.Create();
        whole.Decoder.Dispose(); // only the encoder becomes a part of the classifier
        return new EncoderClassifier(whole.Encoder, whole.InputSize, whole.CodeSize, classCount: 10);
    }
}
