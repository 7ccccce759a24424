using static TorchSharp.torch;

namespace OnnxAE.Training;

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
