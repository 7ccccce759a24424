using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// The folder <c>RUN.unfinished</c> beside a run's place: checkpoint and logs while it trains. It is there exactly as long
/// as there is something to go on with; the run folder itself appears whole at the end.
/// </summary>
internal sealed class UnfinishedRun : IDisposable
{
    private const string CheckpointName = "checkpoint.safetensors", LockName = "lock";

    private readonly string _run;
    private readonly FileStream _guard;

    private UnfinishedRun(string run, FileStream guard)
    {
        _run = run;
        _guard = guard;
    }

    /// <summary>The folder.</summary>
    public string Path => FolderOf(_run);

    /// <summary>The run's checkpoint, whether or not it is there yet.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, CheckpointName);

    /// <summary>Whether the run can be gone on with.</summary>
    public bool CanResume => File.Exists(CheckpointPath);

    /// <summary>Where <c>log.csv</c> and the folder of TensorBoard's events are written.</summary>
    public string LogFolder => System.IO.Path.Combine(Path, "logs");

    /// <summary>Whether a run was stopped on its way to its place, and can be gone on with.</summary>
    /// <param name="run">The run's place.</param>
    public static bool Exists(string run) => File.Exists(System.IO.Path.Combine(FolderOf(run), CheckpointName));

    /// <summary>Makes the folder of a new run, or takes up that of a stopped one.</summary>
    /// <param name="run">The run's place.</param>
    /// <param name="resume">Which of the two.</param>
    /// <exception cref="IOException">There is nothing to go on with, or something that would be lost, or another process is at it.</exception>
    public static UnfinishedRun Open(string run, bool resume)
    {
        string folder = FolderOf(run);
        bool exists = Exists(run);
        if (resume && !exists)
        {
            throw new IOException($"There is nothing to resume: '{folder}' holds no checkpoint. Leave --resume away to start the run.");
        }

        if (!resume && exists)
        {
            throw new IOException($"'{folder}' holds a run that was stopped. Add --resume to go on with it, or delete that folder to start again.");
        }

        Directory.CreateDirectory(folder);
        var unfinished = new UnfinishedRun(run, Lock(folder));
        if (!resume && Directory.Exists(unfinished.LogFolder))
        {
            Directory.Delete(unfinished.LogFolder, recursive: true); // of a run that was killed before its first checkpoint
        }

        return unfinished;
    }

    /// <summary>Puts the logs into the finished run.</summary>
    public void CopyLogs(RunFolder target)
    {
        if (Directory.Exists(LogFolder))
        {
            target.CopyFrom(LogFolder);
        }
    }

    /// <summary>
    /// Keeps a run that diverged as <c>RUN.diverged</c>, with its logs and its last good weights. Its checkpoint goes: the
    /// same seed would diverge again, to the bit.
    /// </summary>
    /// <returns>The path of the weights.</returns>
    public string KeepDiverged(EncoderNetwork model)
    {
        string target = $"{PlaceOf(_run)}.diverged";
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        model.save(System.IO.Path.Combine(Path, RunFolder.WeightsFile));
        _guard.Dispose();
        Directory.Move(Path, target);
        File.Delete(System.IO.Path.Combine(target, CheckpointName));
        return System.IO.Path.Combine(target, RunFolder.WeightsFile);
    }

    /// <summary>Removes the folder: the run is finished.</summary>
    public void Complete()
    {
        _guard.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>Removes a folder that nothing can be resumed from.</summary>
    public void Dispose()
    {
        _guard.Dispose();
        if (!CanResume && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string FolderOf(string run) => $"{PlaceOf(run)}.unfinished";

    private static string PlaceOf(string run) => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(run));

    // Held as long as the process lives, and no longer: a killed one leaves no lock.
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new IOException($"Another process is training into '{folder}', or the folder cannot be written.", exception);
        }
    }
}
