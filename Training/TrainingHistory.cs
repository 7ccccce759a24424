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
