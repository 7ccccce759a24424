namespace OnnxAE.Training;

/// <summary>Where a run stands after a step.</summary>
/// <param name="Epoch">The epoch under way, counted from 1.</param>
/// <param name="EpochCount">Epochs in all; the last may be cut short by a number of steps.</param>
/// <param name="ImagesDone">Images of this epoch trained on so far.</param>
/// <param name="ImageCount">Images an epoch.</param>
/// <param name="BatchLoss">Mean loss of the batch.</param>
/// <param name="MeanLoss">Mean loss of this epoch so far.</param>
/// <param name="Elapsed">Time since the run began, without pauses between a stop and its resumption.</param>
public readonly record struct TrainingProgress(
    int Epoch, int EpochCount, int ImagesDone, int ImageCount, double BatchLoss, double MeanLoss, TimeSpan Elapsed)
{
    /// <summary>Optimizer steps taken since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>Optimizer steps in all.</summary>
    public required long StepCount { get; init; }

    /// <summary>The step's learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The named parts of <see cref="BatchLoss"/>.</summary>
    public required IReadOnlyDictionary<string, double> Parts { get; init; }

    /// <summary>Part of the whole run that is done, in [0, 1].</summary>
    public double Fraction => (double)Step / StepCount;

    /// <summary>Time to go at the average pace so far.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 - Fraction) / Fraction) : TimeSpan.Zero;
}
