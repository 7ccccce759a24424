namespace OnnxAE.Models;

/// <summary>Networks of dense layers, the decoder the encoder's mirror image.</summary>
internal static class DenseNetworks
{
    private const string Dense30Noise = "gaussian(0, 0.5)"; // the source asks for random noise and leaves its kind open

    /// <summary>Written "on foot" in its source: sigmoids everywhere, every weight and bias drawn from N(0, 0.05^2).</summary>
    public static Architecture Sigmoid64 { get; } = new(
        Name: "sigmoid-64",
        Alias: "S1.dense64",
        Source: "001, Auto-Encoder",
        Description: "sigmoid layers; its codes can be shown as pictures of 8x8",
        DataSet: "fashion-mnist",
        Layers: "784-128-64-128-784",
        InputShape: RowShape.Grey28,
        CodeSize: 64,
        // 5000 steps of 64 are a little over five epochs of 60,000.
        Training: new TrainingDefaults(Epochs: 6, BatchSize: 64, LearningRate: 0.01, Steps: 5000),
        Factory: () => FirstWeights.Normal(
            // [N, 784] -> [N, 128] -> code [N, 64] -> [N, 128] -> [N, 784]
            new DenseAutoencoder([784, 128, 64], hidden: Activation.Sigmoid, code: Activation.Sigmoid, output: Activation.Sigmoid),
            deviation: 0.05));

    public static Architecture Dense49 { get; } = new(
        Name: "dense-49",
        Alias: "S2.dense49",
        Source: "002, Autoencoders in Keras, part 1: undercomplete",
        Description: "one ReLU layer as the code",
        DataSet: "mnist",
        Layers: "784-49-784",
        InputShape: RowShape.Grey28,
        CodeSize: 49,
        Training: new TrainingDefaults(Epochs: 50, BatchSize: 256, Objective: "bce"),
        Factory: CreateDense49,
        Tuned: new TrainingDefaults(Epochs: 25, BatchSize: 128, LearningRate: 5e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));

    // The source goes on from the trained weights of dense-49, and so does 'onnxae reproduce'; by itself it starts from new ones.
    public static Architecture Dense49Denoise { get; } = new(
        Name: "dense-49-denoise",
        Alias: "S2.denoise",
        Source: "002, Autoencoders in Keras, part 1: denoising",
        Description: "dense-49 trained from brightened, noisy pictures towards the clean ones",
        DataSet: "mnist",
        Layers: "784-49-784",
        InputShape: RowShape.Grey28,
        CodeSize: 49,
        Training: new TrainingDefaults(Epochs: 200, BatchSize: 16, Objective: "bce", Corruption: "gaussian(0.5, 0.5)"),
        Factory: CreateDense49);

    /// <summary>The code size of dense-49 behind more layers, and without an activation.</summary>
    public static Architecture Deep49 { get; } = new(
        Name: "deep-49",
        Alias: "S2.deep49",
        Source: "002, Autoencoders in Keras, part 1: deep",
        Description: "deeper, the same code size",
        DataSet: "mnist",
        Layers: "784-147-98-49-98-147-784",
        InputShape: RowShape.Grey28,
        CodeSize: 49,
        Training: new TrainingDefaults(Epochs: 100, BatchSize: 256, Objective: "bce"),
        // [N, 784] -> [N, 147] -> [N, 98] -> code [N, 49] -> [N, 98] -> [N, 147] -> [N, 784]; 270,235 parameters
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 147, 98, 49], hidden: Activation.ReLU, code: Activation.Linear, output: Activation.Sigmoid)),
        Tuned: new TrainingDefaults(Epochs: 50, BatchSize: 128, LearningRate: 3e-3, Objective: "bce", Schedule: LearningRateSchedule.OneCycle));

    /// <summary>An L1 penalty on a code of 16, which the source then explores one dimension at a time.</summary>
    public static Architecture Sparse16 { get; } = new(
        Name: "sparse-16",
        Alias: "S2.sparse16",
        Source: "002, Autoencoders in Keras, part 1: sparse",
        Description: "L1 penalty on a code of 16",
        DataSet: "mnist",
        Layers: "784-48-32-16-32-48-784",
        InputShape: RowShape.Grey28,
        CodeSize: 16,
        Training: new TrainingDefaults(Epochs: 400, BatchSize: 256, Objective: "bce + l1(1e-5)"),
        // [N, 784] -> [N, 48] -> [N, 32] -> code [N, 16] -> [N, 32] -> [N, 48] -> [N, 784]
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 48, 32, 16], hidden: Activation.ReLU, code: Activation.Linear, output: Activation.Sigmoid)));

    public static Architecture Dense30 { get; } = new(
        Name: "dense-30",
        Alias: "S3.dense30",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "compression to 30 numbers",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 30,
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64),
        Factory: () => FirstWeights.Glorot(CreateDense30()),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, LearningRate: 2e-3, Schedule: LearningRateSchedule.OneCycle));

    /// <summary>The mean activation of every code unit is pulled to 0.2.</summary>
    public static Architecture Dense30Sparse { get; } = new(
        Name: "dense-30-sparse",
        Alias: "S3.sparse",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "dense-30 with a KL penalty on mean activations",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 30,
        // The source leaves the weight open: at 0.001 a unit that is on half of the time costs about a fiftieth of the error.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Objective: "mse + sparsity(0.2, 0.001)"),
        // The divergence takes activations as probabilities, and the source's ReLU code has no upper end: a sigmoid has.
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 1000, 500, 30], hidden: Activation.ReLU, code: Activation.Sigmoid, output: Activation.Linear)));

    /// <summary>Rebuilds clean pictures from noisy ones.</summary>

    public static Architecture Dense30Denoise { get; } = new(
        Name: "dense-30-denoise",
        Alias: "S3.denoise",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "dense-30 trained from noisy inputs towards the clean ones",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 30,
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Corruption: Dense30Noise),
        Factory: () => FirstWeights.Glorot(CreateDense30()),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, LearningRate: 2e-3, Corruption: Dense30Noise, Schedule: LearningRateSchedule.OneCycle));

    /// <summary>One wide layer whose code is kept from changing with its input (Rifai, Vincent, Muller, Glorot and Bengio, Contractive
    /// Auto-Encoders, 2011). Theirs ties the decoder's weights to the encoder's; here they are free.</summary>
    public static Architecture Contractive { get; } = new(
        Name: "contractive",
        Alias: "X.contractive",
        Source: "Rifai et al., 2011: Contractive Auto-Encoders",
        Description: "contractive penalty on a code of 1000",
        DataSet: "mnist",
        Layers: "784-1000-784",
        InputShape: RowShape.Grey28,
        CodeSize: 1000,
        Training: new TrainingDefaults(Epochs: 20, BatchSize: 128, Objective: "bce(784) + contractive(0.1)"),
        // [N, 784] -> code [N, 1000] -> [N, 784]
        Factory: () => FirstWeights.Glorot(
            new DenseAutoencoder([784, 1000], hidden: Activation.Sigmoid, code: Activation.Sigmoid, output: Activation.Sigmoid)));

    // [N, 784] -> code [N, 49] -> [N, 784]; 77,665 parameters
    private static DenseAutoencoder CreateDense49() => FirstWeights.Glorot(
        new DenseAutoencoder([784, 49], hidden: Activation.ReLU, code: Activation.ReLU, output: Activation.Sigmoid));

    // Encoder [N, 784] -> [N, 1000] -> [N, 500] -> code [N, 30]; decoder back the same way to [N, 784].
    public static DenseAutoencoder CreateDense30() =>
        new([784, 1000, 500, 30], hidden: Activation.ReLU, code: Activation.ReLU, output: Activation.Linear);
}
