using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains an architecture of the catalogue as <c>train</c> does: to a run folder, and with a line for each step.</summary>
internal sealed class TrainRunner(CliContext cli, DataSetStore store)
{
    private readonly StepPrinter _steps = new(cli);

    /// <summary>Does it. What was printed before a failure or a stop is all that remains, but for checkpoints.</summary>
    /// <exception cref="TrainingInterruptedException">It was stopped, and can be gone on with.</exception>
    public async Task<TrainResult> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        RunFolder.Create(request.OutputFolder).Dispose(); // refuses a place that is taken before any work is done
        LabeledImages data = request.Images ?? await _steps.LoadAsync(store, request.Data, cancellationToken);
        if (request.Images is not null)
        {
            _steps.Write("data", StepPrinter.Describe(data));
        }

        Architecture architecture = request.Architecture(data.Train.Shape);
        TrainingOptions options = request.Options(architecture);
        if (data.Train.Categories.Count > 0 && options.Objective.Terms.Any(term => term is MixedError))
        {
            _steps.Write("loss", $"rebuilt values of categories are logits, so that errors of 'score', squared differences all of them, mean little there");
        }

        using RunTrainer run = new(request.OutputFolder, architecture, options, cli.Time)
        {
            Checkpoints = request.Checkpoints,
            ResumeCommand = request.ResumeCommand,
            Metadata = data.Metadata,
        };
        run.KeepCheckpoints(request.Resume);
        using EncoderNetwork model = architecture.CreateNetwork(options.Seed);
        if (request.Fuse && (data.Table is null || model is not Autoencoder))
        {
            throw new UsageException($"--fuse is for autoencoders of tables; '{architecture.Name}' on '{data.Name}' is none.");
        }

        using var best = request.KeepBest ? new BestWeights() : null;
        TrainingHistory history = await _steps.RunAsync(
            "train",
            $"Training {architecture.Name}",
            step => Train(request, data, run, model, best, step, cancellationToken),
            done => $"{Quantity.Of(done.Epochs.Count, "epoch")}, {Quantity.Of(done.Epochs[^1].Step, "step")} in {done.Seconds:F1} s, loss {done.FinalTrainLoss:F5}");
        if (history.StopReason is { } reason)
        {
            _steps.Write("stopped", $"{reason}");
        }

        Dictionary<string, double> metrics = run.Guard(model, () => Measure(model, data.Test, options, cancellationToken));
        string accuracy = metrics.TryGetValue("testAccuracy", out double share) ? FormattableString.Invariant($", {100 * share:F2} % right") : "";
        _steps.Write("test", $"loss {metrics["testLoss"]:F5}{accuracy}");
        run.Export(model, history);
        if (data is { Table: { } table, TableFeatures: { } features } && model is Autoencoder)
        {
            TableModel.Write(run.Folder.WorkingPath, table, features);
            if (request.Fuse)
            {
                await _steps.RunAsync(
                    "fuse",
                    "Comparing both files",
                    step => run.Guard(model, () => FusedTable.WriteInto(run.Folder.WorkingPath, table, features, done => step.Report(done, FusedTable.FileName), cancellationToken)),
                    largest => $"{FusedTable.FileName} is within {largest:0.0e+0} of {TableModel.EncoderFile} on all {table.RowCount:N0} rows");
            }
        }

        VerificationReport verification = run.Verify(data.Test, cancellationToken);
        _steps.Write("verify", $"{string.Join(", ", verification.Graphs.Select(graph => graph.File))}: equal to TorchSharp on {data.Test.Count:N0} {(data.Table is null ? "images" : "rows")}");
        RunRecord record = run.Commit(
            RunData.Describe(data.Name, request.Validation.Split(data.Train, data.Test).Train, data.Test) with
            {
                Source = data.Known is null ? data.Folder : null,
                TestShare = data.TestShare,
                Columns = request.Data.Columns,
                Label = request.Data.Label,
            },
            metrics,
            new ModelSelection($"{request.Validation}", request.Patience, request.KeepBest, best?.Epoch ?? history.Epochs[^1].Epoch));
        _steps.Write("run", $"{run.Folder.Path}");
        return TrainResult.Of(record, data.Sha256, run.Folder.Path);
    }

    private TrainingHistory Train(
        TrainRequest request, LabeledImages data, RunTrainer run, EncoderNetwork model, BestWeights? best, IProgressStep step, CancellationToken cancellationToken)
    {
        var (train, validation) = request.Validation.Split(data.Train, data.Test);
        using var csv = request.Csv ? new CsvLog(Path.Combine(run.LogFolder, "log.csv")) : null;
        using var tensorBoard = request.TensorBoard ? new TensorBoardLog(Path.Combine(run.LogFolder, "tensorboard"), time: cli.Time) : null;
        ITrainingCallback?[] callbacks =
        [
            new TrainingReporter(step, request.Validation.Name),
            best,
            request.Patience is { } patience ? new EarlyStopping(patience) : null,
            csv,
            tensorBoard,
        ];
        return run.Train(model, train, validation, callbacks.OfType<ITrainingCallback>(), cancellationToken);
    }

    private static Dictionary<string, double> Measure(EncoderNetwork model, RowSet test, TrainingOptions options, CancellationToken cancellationToken)
    {
        double loss = AutoencoderEvaluator.Loss(model, test, options, cancellationToken);
        if (!double.IsFinite(loss))
        {
            // Finite on the images that training looked at, but not on these.
            throw new TrainingDivergedException(FormattableString.Invariant(
                $"The loss on the test images is {loss} after the last step. Lower the learning rate ({options.LearningRate}) and train again."));
        }

        var metrics = new Dictionary<string, double> { ["testLoss"] = loss };
        if (model is EncoderClassifier classifier)
        {
            metrics["testAccuracy"] = ClassifierEvaluator.Accuracy(classifier, test, cancellationToken);
        }

        return metrics;
    }
}

/// <summary>What the command line asks of a training run.</summary>
internal sealed record TrainRequest
{
    /// <summary>The network for rows of a shape.</summary>
    public required Func<IReadOnlyList<int>, Architecture> Architecture { get; init; }

    /// <summary>What to learn from.</summary>
    public required DataRequest Data { get; init; }

    /// <summary>Its images, where they are in memory already.</summary>
    public LabeledImages? Images { get; init; }

    /// <summary>The run folder.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The trainer's settings.</summary>
    public required Func<Architecture, TrainingOptions> Options { get; init; }

    /// <summary>What is measured after every epoch.</summary>
    public required ValidationChoice Validation { get; init; }

    /// <summary>Epochs without an improvement that end the run; null for none.</summary>
    public int? Patience { get; init; }

    /// <summary>Whether the weights of the best epoch are kept instead of the last one's.</summary>
    public bool KeepBest { get; init; }

    /// <summary>How often the run is saved.</summary>
    public CheckpointInterval Checkpoints { get; init; } = CheckpointInterval.Default;

    /// <summary>Whether a stopped run is gone on with.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether the run folder gets a <c>log.csv</c>.</summary>
    public bool Csv { get; init; }

    /// <summary>Whether the run folder gets an event file for TensorBoard.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Whether the run folder gets an ONNX file that takes a table's columns.</summary>
    public bool Fuse { get; init; }

    /// <summary>The command line that goes on with the run, for the sentence that a stopped run ends with; null where it is the same again.</summary>
    public string? ResumeCommand { get; init; }
}

/// <summary>A training run's figures, as <c>--json</c> writes them. But for the seconds, the same seed gives the same figures.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Architecture">Id of the network.</param>
/// <param name="Parameters">Numbers that were trained.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetSha256">One name for the data whatever their packing.</param>
/// <param name="Seed">Seed of everything that was drawn.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="StopReason">Why the run ended early; null where it did not.</param>
/// <param name="WeightsOfEpoch">The epoch whose weights were kept.</param>
/// <param name="TrainSeconds">Time of the training, a stop's and a resumption's parts together.</param>
/// <param name="TrainLosses">Loss of each epoch on the training images.</param>
/// <param name="ValidationLosses">Loss of each epoch on the validation images; empty without any.</param>
/// <param name="TestLoss">Loss of the kept weights on the test images.</param>
/// <param name="TestAccuracy">Share of the test images that a classifier gets right; null for an autoencoder.</param>
/// <param name="WeightsSha256">SHA-256 of the weights.</param>
/// <param name="Verify">ONNX against TorchSharp.</param>
internal sealed record TrainResult(
    string Run, string Architecture, long Parameters, string Dataset, string DatasetSha256, int Seed, int Epochs, long Steps,
    string? StopReason, int WeightsOfEpoch, double TrainSeconds, IReadOnlyList<double> TrainLosses, IReadOnlyList<double> ValidationLosses,
    double TestLoss, double? TestAccuracy, string WeightsSha256, VerifyResult Verify)
{
    /// <summary>Takes the figures out of a run's record.</summary>
    public static TrainResult Of(RunRecord record, string dataSha256, string folder) => new(
        Run: folder,
        Architecture: record.Model.Architecture,
        Parameters: record.Model.Parameters,
        Dataset: record.Data.Name,
        DatasetSha256: dataSha256,
        Seed: Convert.ToInt32(record.Training.Seed),
        Epochs: record.History!.Epochs.Count,
        Steps: record.History.Epochs[^1].Step,
        StopReason: record.History.StopReason,
        WeightsOfEpoch: record.Selection!.WeightsOfEpoch,
        TrainSeconds: Math.Round(record.History.Seconds, 2),
        TrainLosses: [.. record.History.Epochs.Select(epoch => epoch.TrainLoss)],
        ValidationLosses: [.. record.History.Epochs.Select(epoch => epoch.ValidationLoss).OfType<double>()],
        TestLoss: record.Metrics["testLoss"],
        TestAccuracy: record.Metrics.TryGetValue("testAccuracy", out double accuracy) ? accuracy : null,
        WeightsSha256: record.Model.WeightsHash,
        Verify: VerifyResult.Of(record.Verification!));
}
