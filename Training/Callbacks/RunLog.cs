namespace OnnxAE.Training;

/// <summary>
/// A file that grows with a run. A checkpoint remembers its length: what was written after it is cut off when the run
/// goes on from there, so that nothing is in the file twice.
/// </summary>
/// <param name="path">The file; its folder is made where there is none.</param>
public abstract class RunLog(string path) : ICheckpointedCallback, IDisposable
{
    private FileStream? stream;
    private TrainingRun? loadedFor;
    private long loadedLength;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public abstract string StateName { get; }

    /// <inheritdoc/>
    public bool MayStartLate => true;

    /// <summary>Where to write; flushed by <see cref="OnEpochCompleted"/> and before every checkpoint.</summary>
    protected Stream Output => stream ?? throw new InvalidOperationException("The run has not started.");

    /// <inheritdoc/>
    public virtual void OnTrainingStarted(TrainingRun run)
    {
        stream?.Dispose();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        bool goesOn = run == loadedFor && loadedLength > 0 && File.Exists(Path) && new FileInfo(Path).Length >= loadedLength;
        stream = new FileStream(Path, goesOn ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read);
        if (goesOn)
        {
            stream.SetLength(loadedLength);
            stream.Position = loadedLength;
        }
        else
        {
            Begin();
        }
    }

    /// <inheritdoc/>
    public virtual void OnBatchCompleted(in TrainingProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnEpochCompleted(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Write(epoch);
        Output.Flush();
    }

    /// <inheritdoc/>
    public void Save(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Output.Flush();
        state.Numbers["length"] = Output.Position;
    }

    /// <inheritdoc/>
    public void Load(CallbackState state, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(state);
        loadedFor = run;
        loadedLength = (long)state.Numbers.GetValueOrDefault("length");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
        stream?.Dispose();
        stream = null;
    }

    /// <summary>Writes what a new file begins with.</summary>
    protected abstract void Begin();

    /// <summary>Writes an epoch.</summary>
    /// <param name="epoch">What it came to.</param>
    protected abstract void Write(EpochResult epoch);
}
