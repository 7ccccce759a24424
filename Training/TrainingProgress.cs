namespace OnnxAE.Training;

/// <summary>Where a run stands after a batch.</summary>
/// <param name="Epoch">The epoch under way, counted from 1.</param>
/// <param name="EpochCount">Epochs in all.</param>
/// <param name="ImagesDone">Images of this epoch trained on so far.</param>
/// <param name="ImageCount">Images an epoch.</param>
/// <param name="BatchLoss">Mean loss of the batch.</param>
/// <param name="MeanLoss">Mean loss of this epoch so far.</param>
/// <param name="Elapsed">Time since the run began.</param>
public readonly record struct TrainingProgress(
    int Epoch, int EpochCount, int ImagesDone, int ImageCount, double BatchLoss, double MeanLoss, TimeSpan Elapsed)
{
    /// <summary>Part of the whole run that is done, in [0, 1].</summary>
    public double Fraction => (Epoch - 1 + ((double)ImagesDone / ImageCount)) / EpochCount;

    /// <summary>Time to go at the average pace so far.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 - Fraction) / Fraction) : TimeSpan.Zero;
}
