using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains an architecture of the catalogue as <c>train</c> does: to a run folder, and with a line for each step.</summary>
internal sealed class TrainRunner(CliContext cli, DataSetStore store)
{
    private readonly StepPrinter steps = new(cli);

    /// <summary>Does it. What was printed before a failure or a stop is all that remains, but for checkpoints.</summary>
    /// <exception cref="TrainingInterruptedException">It was stopped, and can be gone on with.</exception>
    public async Task<TrainResult> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        using RunTrainer run = new(request.OutputFolder, request.Architecture, request.Options, cli.Time)
        {
            Checkpoints = request.Checkpoints,
            ResumeCommand = request.ResumeCommand,
        };
        LabeledImages data = request.Images ?? await steps.LoadAsync(store, request.DataSet, cancellationToken);
        if (request.Images is not null)
        {
            steps.Write("data", StepPrinter.Describe(data));
        }

        run.KeepCheckpoints(request.Resume);
        using EncoderNetwork model = request.Architecture.CreateNetwork(request.Options.Seed);
        using var best = request.KeepBest ? new BestWeights() : null;
        TrainingHistory history = await steps.RunAsync(
            "train",
            $"Training {request.Architecture.Name}",
            step => Train(request, data, run, model, best, step, cancellationToken),
            done => $"{Quantity.Of(done.Epochs.Count, "epoch")}, {Quantity.Of(done.Epochs[^1].Step, "step")} in {done.Seconds:F1} s, loss {done.FinalTrainLoss:F5}");
        if (history.StopReason is { } reason)
        {
            steps.Write("stopped", $"{reason}");
        }

        Dictionary<string, double> metrics = run.Guard(model, () => Measure(model, data.Test, request.Options, cancellationToken));
        string accuracy = metrics.TryGetValue("testAccuracy", out double share) ? FormattableString.Invariant($", {100 * share:F2} % right") : "";
        steps.Write("test", $"loss {metrics["testLoss"]:F5}{accuracy}");
        run.Export(model, history);
        VerificationReport verification = run.Verify(data.Test, cancellationToken);
        steps.Write("verify", $"{string.Join(", ", verification.Graphs.Select(graph => graph.File))}: equal to TorchSharp on {data.Test.Count:N0} images");
        RunRecord record = run.Commit(
            RunData.Describe(data.Name, request.Validation.Split(data.Train, data.Test).Train, data.Test),
            metrics,
            new ModelSelection($"{request.Validation}", request.Patience, request.KeepBest, best?.Epoch ?? history.Epochs[^1].Epoch));
        steps.Write("run", $"{run.Folder.Path}");
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

    private static Dictionary<string, double> Measure(EncoderNetwork model, ImageSet test, TrainingOptions options, CancellationToken cancellationToken)
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
    /// <summary>The catalogue's row.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>A known data set, or a folder with IDX files.</summary>
    public required string DataSet { get; init; }

    /// <summary>Its images, where they are in memory already.</summary>
    public LabeledImages? Images { get; init; }

    /// <summary>The run folder.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>The trainer's settings.</summary>
    public required TrainingOptions Options { get; init; }

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

    /// <summary>The command line that goes on with the run, for the sentence that a stopped run ends with; null where it is the same again.</summary>
    public string? ResumeCommand { get; init; }
}

/// <summary>A training run's figures, as <c>--json</c> writes them. But for the seconds, the same seed gives the same figures.</summary>
internal sealed record TrainResult
{
    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>Id of the network.</summary>
    public required string Architecture { get; init; }

    /// <summary>Numbers that were trained.</summary>
    public required long Parameters { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>One name for the data whatever their packing.</summary>
    public required string DatasetSha256 { get; init; }

    /// <summary>Seed of everything that was drawn.</summary>
    public required int Seed { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimizer steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Why the run ended early; null where it did not.</summary>
    public required string? StopReason { get; init; }

    /// <summary>The epoch whose weights were kept.</summary>
    public required int WeightsOfEpoch { get; init; }

    /// <summary>Time of the training, a stop's and a resumption's parts together.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Loss of each epoch on the training images.</summary>
    public required IReadOnlyList<double> TrainLosses { get; init; }

    /// <summary>Loss of each epoch on the validation images; empty without any.</summary>
    public required IReadOnlyList<double> ValidationLosses { get; init; }

    /// <summary>Loss of the kept weights on the test images.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test images that a classifier gets right; null for an autoencoder.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>ONNX against TorchSharp.</summary>
    public required VerifyResult Verify { get; init; }

    /// <summary>Takes the figures out of a run's record.</summary>
    public static TrainResult Of(RunRecord record, string dataSha256, string folder) => new()
    {
        Run = folder,
        Architecture = record.Model.Architecture,
        Parameters = record.Model.Parameters,
        Dataset = record.Data.Name,
        DatasetSha256 = dataSha256,
        Seed = Convert.ToInt32(record.Training.Seed),
        Epochs = record.History!.Epochs.Count,
        Steps = record.History.Epochs[^1].Step,
        StopReason = record.History.StopReason,
        WeightsOfEpoch = record.Selection!.WeightsOfEpoch,
        TrainSeconds = Math.Round(record.History.Seconds, 2),
        TrainLosses = [.. record.History.Epochs.Select(epoch => epoch.TrainLoss)],
        ValidationLosses = [.. record.History.Epochs.Select(epoch => epoch.ValidationLoss).OfType<double>()],
        TestLoss = record.Metrics["testLoss"],
        TestAccuracy = record.Metrics.TryGetValue("testAccuracy", out double accuracy) ? accuracy : null,
        WeightsSha256 = record.Model.WeightsHash,
        Verify = VerifyResult.Of(record.Verification!),
    };
}
