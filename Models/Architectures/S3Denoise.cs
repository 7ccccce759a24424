namespace OnnxAE.Models.Architectures;

/// <summary>
/// S3.denoise: the network of S3.dense30, trained to rebuild the clean picture from a noisy one, so that copying its
/// input no longer helps.
/// </summary>
internal static class S3Denoise
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.denoise",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "S3.dense30 trained from corrupted inputs towards the clean ones",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        // The source prints no noise: a deviation of half the pixel range leaves outlines visible and hides texture.
        Training: new TrainingDefaults(Epochs: 10, BatchSize: 64, LearningRate: 1e-3, Corruption: "gaussian(0, 0.5)"),
        Factory: S3Dense30.Create);
}
