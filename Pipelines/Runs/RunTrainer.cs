using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>
/// Makes a run folder of a network: train, export, verify, commit. Every command that trains does it with this class. The
/// folder appears whole with <see cref="Commit"/>. Where checkpoints are kept (<see cref="KeepCheckpoints"/>), a run that was
/// stopped can be gone on with until then.
/// </summary>
internal sealed class RunTrainer : IDisposable
{
    private readonly string _path;
    private readonly Architecture _architecture;
    private readonly TrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _replaces;
    private UnfinishedRun? _unfinished;
    private bool _resumes;
    private RunFolder? _folder;
    private (EncoderNetwork Network, TrainingHistory History)? _exported;
    private VerificationReport? _verification;

    /// <summary>Starts a run.</summary>
    /// <param name="path">The run folder's place.</param>
    /// <param name="architecture">The catalogue's row.</param>
    /// <param name="options">How the network is trained.</param>
    /// <param name="time">Dates the run, and tells when a checkpoint is due.</param>
    /// <param name="replaces">Whether an earlier run in this place is replaced.</param>
    /// <exception cref="IOException">The place is taken.</exception>
    public RunTrainer(string path, Architecture architecture, TrainingOptions options, TimeProvider time, bool replaces = false)
    {
        (_path, _architecture, _options, _time, _replaces) = (path, architecture, options, time, replaces);
        RunFolder.Create(path, replaces).Dispose(); // refuses a place that is taken before any work is done
    }

    /// <summary>How often a checkpoint is saved.</summary>
    public CheckpointInterval Checkpoints { get; init; } = CheckpointInterval.Default;

    /// <summary>The command line that goes on with the run; null where it is the same again.</summary>
    public string? ResumeCommand { get; init; }

    /// <summary>What the ONNX files have to say besides what the network is.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder that the run's files are written to.</summary>
    public RunFolder Folder => _folder ??= RunFolder.Create(_path, _replaces);

    /// <summary>Where the training writes its logs. They become a part of the run.</summary>
    public string LogFolder => (_unfinished ?? throw new InvalidOperationException("A run without checkpoints has no place for logs.")).LogFolder;

    /// <summary>Keeps checkpoints from now on.</summary>
    /// <param name="resume">Whether the run was begun earlier; null where its checkpoint tells.</param>
    /// <exception cref="IOException">There is nothing to go on with, or something that would be lost, or another process is at it.</exception>
    public void KeepCheckpoints(bool? resume = null)
    {
        _resumes = resume ?? UnfinishedRun.Exists(_path);
        _unfinished = UnfinishedRun.Open(_path, _resumes);
    }

    /// <summary>Trains, or goes on from the checkpoint.</summary>
    /// <param name="network">The network with its first weights.</param>
    /// <param name="train">The images to learn.</param>
    /// <param name="validation">What the loss is measured on after every epoch; null for none.</param>
    /// <param name="callbacks">Told of the progress.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="TrainingInterruptedException">It was stopped, and can be gone on with.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number; a run with checkpoints keeps its last good weights.</exception>
    public TrainingHistory Train(
        EncoderNetwork network, RowSet train, RowSet? validation, IEnumerable<ITrainingCallback> callbacks, CancellationToken cancellationToken) =>
        Guard(network, () =>
        {
            var trainer = new AutoencoderTrainer(_options);
            List<ITrainingCallback> all = [.. callbacks];
            if (_unfinished is not null)
            {
                all.Add(new PeriodicCheckpoints(_unfinished.CheckpointPath, Checkpoints, _time));
            }

            return _resumes
                ? trainer.Resume(_unfinished!.CheckpointPath, network, train, validation, all, cancellationToken)
                : trainer.Fit(network, train, validation, all, cancellationToken);
        });

    /// <summary>Writes the weights and the ONNX files.</summary>
    /// <param name="network">The network as it is to be used.</param>
    /// <param name="history">How it was trained.</param>
    /// <returns>The size of all ONNX files, in bytes.</returns>
    public long Export(EncoderNetwork network, TrainingHistory history) => Guard(network, () =>
    {
        network.save(Folder.PathOf(RunFolder.WeightsFile));
        RunGraphs.Write(network, _architecture.Name, Folder.WorkingPath, new OnnxExportOptions { Metadata = Metadata });
        _exported = (network, history);
        return Directory.EnumerateFiles(Folder.WorkingPath, "*.onnx").Sum(file => new FileInfo(file).Length);
    });

    /// <summary>Runs images through every exported file and compares with TorchSharp.</summary>
    /// <exception cref="InvalidDataException">A file differs by more than it may.</exception>
    public VerificationReport Verify(RowSet images, CancellationToken cancellationToken)
    {
        EncoderNetwork network = _exported!.Value.Network;
        return Guard(network, () =>
        {
            _verification = RunGraphs.Verify(network, Folder.WorkingPath, images, cancellationToken);
            _verification.ThrowIfFailed();
            return _verification;
        });
    }

    /// <summary>Writes the record and puts the folder in its place.</summary>
    /// <param name="data">The images.</param>
    /// <param name="metrics">Figures by name.</param>
    /// <param name="selection">How the training was watched; null for the usual way.</param>
    public RunRecord Commit(RunData data, IReadOnlyDictionary<string, double> metrics, ModelSelection? selection = null)
    {
        var (network, history) = _exported!.Value;
        return Guard(network, () =>
        {
            _unfinished?.CopyLogs(Folder);
            RunRecord record = Folder.Commit(new RunRecord
            {
                Created = _time.GetUtcNow(),
                Model = RunModel.Describe(_architecture, network),
                Data = data with { Metadata = Metadata.Count > 0 ? Metadata : null },
                Training = _options,
                Selection = selection,
                History = history,
                Verification = _verification,
                Libraries = LibraryVersion.Describe(),
                Metrics = metrics,
            });
            _unfinished?.Complete();
            return record;
        });
    }

    /// <summary>Removes what is no complete run; a checkpoint stays.</summary>
    public void Dispose()
    {
        _folder?.Dispose();
        _unfinished?.Dispose();
    }

    /// <summary>Does a part of the run. If it fails or is stopped, the error says what remains of the run.</summary>
    /// <param name="network">The network of the run.</param>
    /// <param name="work">The part.</param>
    /// <exception cref="TrainingInterruptedException">It was stopped, and can be gone on with.</exception>
    public T Guard<T>(EncoderNetwork network, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TrainingDivergedException exception) when (_unfinished is not null)
        {
            string weights = _unfinished.KeepDiverged(network);
            string kept = exception.LastGoodStep is { } step
                ? FormattableString.Invariant($" The weights before step {step + 1:N0}, the last known good ones, are '{weights}'.")
                : "";
            throw new TrainingDivergedException(exception.Message + kept, exception);
        }
        catch (IOException exception) when (_unfinished is { CanResume: true })
        {
            throw new IOException($"{exception.Message.TrimEnd('.')}. Go on from the last checkpoint with: {ResumeCommand ?? "the same command"}", exception);
        }
        catch (OperationCanceledException exception) when (_unfinished is { CanResume: true })
        {
            string next = ResumeCommand is { } command ? $". Go on with: {command}" : ": the same command goes on from here.";
            throw new TrainingInterruptedException($"Stopped; nothing is lost{next}", exception);
        }
    }
}

/// <summary>A run was stopped, and can be gone on with; the message says how.</summary>
internal sealed class TrainingInterruptedException(string message, Exception innerException) : OperationCanceledException(message, innerException);

/// <summary>ONNX Runtime's outputs against TorchSharp's, over all test images and all graphs.</summary>
/// <param name="Images">Test images compared.</param>
/// <param name="MaxAbsDiff">Largest difference of rebuilt pixels, or of a classifier's probabilities.</param>
/// <param name="MaxRelDiffOfCodes">Largest difference of codes, relative to the largest code.</param>
internal sealed record VerifyResult(int Images, double MaxAbsDiff, double MaxRelDiffOfCodes)
{
    /// <summary>Takes the figures out of a report that passed.</summary>
    public static VerifyResult Of(VerificationReport report) => new(
        report.Graphs[0].Rows,
        report.Graphs.Where(GivesPixels).Max(graph => graph.MaxAbsoluteDifference),
        report.Graphs.Where(graph => !GivesPixels(graph)).Max(graph => graph.MaxRelativeDifference));

    private static bool GivesPixels(GraphVerification graph) =>
        graph.File is OnnxNames.DecoderFile or OnnxNames.AutoencoderFile or RunGraphs.ClassifierFile;
}
