namespace OnnxAE.Models.Architectures;

/// <summary>S3.denoise: the network of S3.dense30, trained to rebuild clean pictures from noisy ones.</summary>
internal static class S3Denoise
{
    private const string Noise = "gaussian(0, 0.5)"; // the source asks for random noise and leaves its kind open

    public static Architecture Architecture { get; } = new(
        Id: "S3.denoise",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "S3.dense30 trained from noisy inputs towards the clean ones",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, Corruption: Noise),
        Factory: () => FirstWeights.Glorot(S3Dense30.Create()),
        Tuned: new TrainingDefaults(Epochs: 5, BatchSize: 64, LearningRate: 2e-3, Corruption: Noise, Schedule: LearningRateSchedule.OneCycle));
}
