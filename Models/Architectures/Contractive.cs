namespace OnnxAE.Models.Architectures;

/// <summary>
/// X.contractive: one wide layer whose code is kept from changing with its input (Rifai, Vincent, Muller, Glorot and Bengio,
/// Contractive Auto-Encoders, 2011). Theirs ties the decoder's weights to the encoder's; here they are free.
/// </summary>
internal static class Contractive
{
    public static Architecture Architecture { get; } = new(
        Id: "X.contractive",
        Source: "Rifai et al., 2011: Contractive Auto-Encoders",
        Description: "contractive penalty on a code of 1000",
        DataSet: "mnist",
        Layers: "784-1000-784",
        Training: new TrainingDefaults(Epochs: 20, BatchSize: 128, Objective: "bce(784) + contractive(0.1)"),
        // [N, 784] -> code [N, 1000] -> [N, 784]
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 1000], hidden: Activation.Sigmoid, code: Activation.Sigmoid, output: Activation.Sigmoid)));
}
