namespace OnnxAE.Training;

/// <summary>
/// Watches a training run, and may stop it through <see cref="TrainingRun.Stop"/>. Every method has an empty default:
/// implement what you need. What must survive a stop and a resumption is <see cref="ICheckpointedCallback"/>'s.
/// </summary>
public interface ITrainingCallback
{
    /// <summary>Before the first step of this process, which is not the run's first where a checkpoint is resumed.</summary>
    /// <param name="run">The run; keep it to stop the run or to save a checkpoint later.</param>
    void OnTrainingStarted(TrainingRun run)
    {
    }

    /// <summary>After every optimizer step.</summary>
    /// <param name="progress">Where the run stands.</param>
    void OnBatchCompleted(in TrainingProgress progress)
    {
    }

    /// <summary>After every epoch's training and validation.</summary>
    /// <param name="epoch">What it came to.</param>
    void OnEpochCompleted(EpochResult epoch)
    {
    }

    /// <summary>After a step or an epoch, once every callback has heard of it: the moment to save a checkpoint.</summary>
    /// <param name="run">The run.</param>
    void OnSettled(TrainingRun run)
    {
    }

    /// <summary>The run was cancelled between two steps; what was not saved is lost.</summary>
    /// <param name="run">The run.</param>
    void OnInterrupted(TrainingRun run)
    {
    }

    /// <summary>After the last epoch; not after a cancellation or a failure.</summary>
    /// <param name="run">The run.</param>
    void OnTrainingEnded(TrainingRun run)
    {
    }
}
