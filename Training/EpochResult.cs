namespace OnnxAE.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">Mean loss over the epoch's images, measured as the weights changed.</param>
/// <param name="ValidationLoss">Mean loss on the validation images after the epoch; null without any.</param>
/// <param name="Seconds">Time of the training part.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
public sealed record EpochResult(int Epoch, double TrainLoss, double? ValidationLoss, double Seconds, double ImagesPerSecond);
