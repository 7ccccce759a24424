namespace OnnxAE.Training;

/// <summary>What early stopping and best weights go by.</summary>
internal static class LossMetric
{
    /// <summary>The validation loss, or the training loss of a run without validation images.</summary>
    public static double Of(EpochResult epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    /// <summary>Its name in a sentence.</summary>
    public static string NameOf(EpochResult epoch) => epoch.ValidationLoss is null ? "training loss" : "validation loss";
}
