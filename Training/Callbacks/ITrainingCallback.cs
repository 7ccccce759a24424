using static TorchSharp.torch;

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

/// <summary>A callback whose memory is part of the run's checkpoints.</summary>
public interface ICheckpointedCallback : ITrainingCallback
{
    /// <summary>Its name in the checkpoint; one callback of a kind in a run.</summary>
    string StateName { get; }

    /// <summary>Whether a run that was stopped without it may go on with it: a log may, but what compares all epochs may not.</summary>
    bool MayStartLate => false;

    /// <summary>Says what it must remember.</summary>
    /// <param name="state">Empty; the tensors put in stay the callback's.</param>
    void Save(CallbackState state);

    /// <summary>Takes up where the checkpoint was saved; called before <see cref="ITrainingCallback.OnTrainingStarted"/>.</summary>
    /// <param name="state">What <see cref="Save"/> said; its tensors are gone after the call.</param>
    /// <param name="run">The run, as the checkpoint has it.</param>
    /// <exception cref="InvalidDataException">The state does not fit this run.</exception>
    void Load(CallbackState state, TrainingRun run);
}

/// <summary>A callback's memory in a checkpoint.</summary>
public sealed class CallbackState
{
    /// <summary>Numbers by name; whole ones are exact up to 2^53.</summary>
    public Dictionary<string, double> Numbers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Tensors by name.</summary>
    public Dictionary<string, Tensor> Tensors { get; init; } = new(StringComparer.Ordinal);
}
