namespace OnnxAE.Training;

/// <summary>Saves a run every so often, when it is cancelled and when it ends, always into the same file.</summary>
/// <param name="path">The file.</param>
/// <param name="interval">How often.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class PeriodicCheckpoints(string path, CheckpointInterval interval, TimeProvider? time = null) : ITrainingCallback
{
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private long savedStep;
    private long savedTime;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public void OnTrainingStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        savedStep = run.Step;
        savedTime = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public void OnSettled(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Step - savedStep >= interval.Steps || time.GetElapsedTime(savedTime) >= interval.Time)
        {
            Save(run);
        }
    }

    /// <inheritdoc/>
    public void OnInterrupted(TrainingRun run) => Save(run);

    /// <inheritdoc/>
    public void OnTrainingEnded(TrainingRun run) => Save(run);

    private void Save(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.SaveCheckpoint(Path);
        savedStep = run.Step;
        savedTime = time.GetTimestamp();
    }
}
