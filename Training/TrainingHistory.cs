namespace OnnxAE.Training;

/// <summary>The curve of a training run.</summary>
/// <param name="Epochs">One entry an epoch, in order.</param>
/// <param name="Seconds">Time of the whole run, validation included.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochResult> Epochs, double Seconds)
{
    /// <summary>Why the run ended before its last step, such as early stopping; null where it did not.</summary>
    public string? StopReason { get; init; }

    /// <summary>Validation loss after the last epoch; null without validation images.</summary>
    public double? FinalValidationLoss => Epochs[^1].ValidationLoss;

    /// <summary>Training loss of the last epoch.</summary>
    public double FinalTrainLoss => Epochs[^1].TrainLoss;
}

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
