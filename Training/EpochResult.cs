namespace OnnxAE.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">Mean loss over the epoch's images, measured as the weights changed.</param>
/// <param name="ValidationLoss">Mean loss on the validation images after the epoch; null without any.</param>
/// <param name="Seconds">Time of the training part.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
public sealed record EpochResult(int Epoch, double TrainLoss, double? ValidationLoss, double Seconds, double ImagesPerSecond)
{
    /// <summary>Optimizer steps since the run began.</summary>
    public long Step { get; init; }

    /// <summary>Learning rate of the epoch's last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>The named parts of <see cref="TrainLoss"/>; null where the loss has no parts.</summary>
    public IReadOnlyDictionary<string, double>? TrainParts { get; init; }

    /// <summary>The named parts of <see cref="ValidationLoss"/>; null without validation images or parts.</summary>
    public IReadOnlyDictionary<string, double>? ValidationParts { get; init; }
}
