namespace OnnxAE.Training;

/// <summary>Watches a training run. Every method has an empty default: implement what you need.</summary>
public interface ITrainingCallback
{
    /// <summary>Before the first batch.</summary>
    /// <param name="options">The run's settings.</param>
    /// <param name="imageCount">Images an epoch.</param>
    void OnTrainingStarted(TrainingOptions options, int imageCount)
    {
    }

    /// <summary>After every optimizer step.</summary>
    /// <param name="progress">Where the run stands.</param>
    void OnBatchCompleted(in TrainingProgress progress)
    {
    }

    /// <summary>After every epoch's training and validation.</summary>
    /// <param name="epoch">What it came to.</param>
    /// <returns>False ends the run here, as early stopping does.</returns>
    bool OnEpochCompleted(EpochResult epoch) => true;
}
