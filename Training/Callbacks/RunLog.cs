using System.Globalization;
using System.Text;

namespace OnnxAE.Training;

/// <summary>
/// A file that grows with a run. A checkpoint remembers its length: what was written after it is cut off when the run
/// goes on from there, so that nothing is in the file twice.
/// </summary>
/// <param name="path">The file; its folder is made where there is none.</param>
public abstract class RunLog(string path) : ICheckpointedCallback, IDisposable
{
    private FileStream? _stream;
    private TrainingRun? _loadedFor;
    private long _loadedLength;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public abstract string StateName { get; }

    /// <inheritdoc/>
    public bool MayStartLate => true;

    /// <summary>Where to write; flushed by <see cref="OnEpochCompleted"/> and before every checkpoint.</summary>
    protected Stream Output => _stream ?? throw new InvalidOperationException("The run has not started.");

    /// <inheritdoc/>
    public virtual void OnTrainingStarted(TrainingRun run)
    {
        _stream?.Dispose();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        bool goesOn = run == _loadedFor && _loadedLength > 0 && File.Exists(Path) && new FileInfo(Path).Length >= _loadedLength;
        _stream = new FileStream(Path, goesOn ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read);
        if (goesOn)
        {
            _stream.SetLength(_loadedLength);
            _stream.Position = _loadedLength;
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
        Write(epoch);
        Output.Flush();
    }

    /// <inheritdoc/>
    public void Save(CallbackState state)
    {
        Output.Flush();
        state.Numbers["length"] = Output.Position;
    }

    /// <inheritdoc/>
    public void Load(CallbackState state, TrainingRun run)
    {
        _loadedFor = run;
        _loadedLength = (long)state.Numbers.GetValueOrDefault("length");
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
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>Writes what a new file begins with.</summary>
    protected abstract void Begin();

    /// <summary>Writes an epoch.</summary>
    /// <param name="epoch">What it came to.</param>
    protected abstract void Write(EpochResult epoch);
}

/// <summary>
/// A line an epoch: epoch, step, learning rate, losses and their parts, seconds, images a second. Comma-separated, numbers
/// with a point and all their digits, an empty field where nothing was measured.
/// </summary>
/// <param name="path">The file; its folder is made where there is none.</param>
public sealed class CsvLog(string path) : RunLog(path)
{
    /// <inheritdoc/>
    public override string StateName => "csv";

    /// <inheritdoc/>
    protected override void Begin()
    {
        // The names of a loss's parts are known with the first epoch.
    }

    /// <inheritdoc/>
    protected override void Write(EpochResult epoch)
    {
        List<(string Name, double? Value)> fields =
        [
            ("epoch", epoch.Epoch),
            ("step", epoch.Step),
            ("learning_rate", epoch.LearningRate),
            ("train_loss", epoch.TrainLoss),
            .. Parts("train_", epoch.TrainParts),
            ("validation_loss", epoch.ValidationLoss),
            .. Parts("validation_", epoch.ValidationParts),
            ("seconds", Math.Round(epoch.Seconds, 3)),
            ("images_per_second", Math.Round(epoch.ImagesPerSecond, 1)),
        ];
        if (Output.Position == 0)
        {
            WriteLine(fields.Select(field => field.Name));
        }

        WriteLine(fields.Select(field => field.Value?.ToString("R", CultureInfo.InvariantCulture) ?? ""));
    }

    private static IEnumerable<(string Name, double? Value)> Parts(string prefix, IReadOnlyDictionary<string, double>? parts) =>
        parts?.Select(part => (prefix + part.Key, (double?)part.Value)) ?? [];

    private void WriteLine(IEnumerable<string> fields) => Output.Write(Encoding.UTF8.GetBytes(string.Join(',', fields) + "\n"));
}
