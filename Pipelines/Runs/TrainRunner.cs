using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains an architecture of the catalogue, exports and verifies it, and puts the run folder in its place.</summary>
internal sealed class TrainRunner(CliContext cli, DataSetStore store)
{
    private readonly IProgressDisplay display = ProgressDisplay.For(cli);

    /// <summary>Does it. What was printed before a failure or a stop is all that remains, but for checkpoints.</summary>
    /// <exception cref="TrainingInterruptedException">It was stopped, and can be gone on with.</exception>
    public async Task<TrainResult> RunAsync(TrainRequest request, CancellationToken cancellationToken)
    {
        RunFolder.Create(request.OutputFolder).Dispose(); // refuses a place that is taken before any work is done
        LabeledImages data = request.Images ?? await display.RunAsync(
            $"Loading {request.DataSet}",
            step => new LabeledImagesLoader(store).LoadAsync(request.DataSet, new DownloadProgress(store, step), cancellationToken));
        cli.WriteLine($"data      {data.Train.Count:N0} training and {data.Test.Count:N0} test images of {data.Name}, from {data.Folder}");
        using UnfinishedRun unfinished = UnfinishedRun.Open(request.OutputFolder, request.Resume);
        using EncoderNetwork model = request.Architecture.CreateNetwork(request.Options.Seed);
        try
        {
            using var best = request.KeepBest ? new BestWeights() : null;
            TrainingHistory history = await display.RunAsync(
                $"Training {request.Architecture.Name}",
                step => Task.FromResult(Train(request, data, model, unfinished, best, step, cancellationToken)));
            cli.WriteLine(FormattableString.Invariant(
                $"train     {Quantity.Of(history.Epochs.Count, "epoch")}, {Quantity.Of(history.Epochs[^1].Step, "step")} in {history.Seconds:F1} s, loss {history.FinalTrainLoss:F5}"));
            if (history.StopReason is { } reason)
            {
                cli.WriteLine($"stopped   {reason}");
            }

            return Finish(request, data, model, unfinished, history, best, cancellationToken);
        }
        catch (TrainingDivergedException exception)
        {
            string weights = unfinished.KeepDiverged(model);
            string kept = exception.LastGoodStep is { } step ? FormattableString.Invariant($" The weights before step {step + 1:N0}, the last known good ones, are '{weights}'.") : "";
            throw new TrainingDivergedException(exception.Message + kept, exception);
        }
        catch (IOException exception) when (unfinished.CanResume)
        {
            throw new IOException($"{exception.Message.TrimEnd('.')}. Go on from the last checkpoint with: {request.ResumeCommand}", exception);
        }
        catch (OperationCanceledException exception) when (unfinished.CanResume)
        {
            throw new TrainingInterruptedException($"Stopped; nothing is lost. Go on with: {request.ResumeCommand}", exception);
        }
    }

    private TrainingHistory Train(
        TrainRequest request,
        LabeledImages data,
        EncoderNetwork model,
        UnfinishedRun unfinished,
        BestWeights? best,
        IProgressStep step,
        CancellationToken cancellationToken)
    {
        var (train, validation) = request.Validation.Split(data.Train, data.Test);
        using var csv = request.Csv ? new CsvLog(Path.Combine(unfinished.LogFolder, "log.csv")) : null;
        using var tensorBoard = request.TensorBoard ? new TensorBoardLog(Path.Combine(unfinished.LogFolder, "tensorboard"), time: cli.Time) : null;
        ITrainingCallback?[] callbacks =
        [
            new TrainingReporter(step, request.Validation.Name),
            best,
            request.Patience is { } patience ? new EarlyStopping(patience) : null,
            csv,
            tensorBoard,
            new PeriodicCheckpoints(unfinished.CheckpointPath, request.Checkpoints, cli.Time),
        ];
        var trainer = new AutoencoderTrainer(request.Options);
        List<ITrainingCallback> chosen = [.. callbacks.OfType<ITrainingCallback>()];
        return request.Resume
            ? trainer.Resume(unfinished.CheckpointPath, model, train, validation, chosen, cancellationToken)
            : trainer.Fit(model, train, validation, chosen, cancellationToken);
    }

    private TrainResult Finish(
        TrainRequest request,
        LabeledImages data,
        EncoderNetwork model,
        UnfinishedRun unfinished,
        TrainingHistory history,
        BestWeights? best,
        CancellationToken cancellationToken)
    {
        double testLoss = AutoencoderEvaluator.Loss(model, data.Test, request.Options, cancellationToken);
        if (!double.IsFinite(testLoss))
        {
            // Finite on the images that training looked at, but not on these.
            throw new TrainingDivergedException(FormattableString.Invariant(
                $"The loss on the test images is {testLoss} after the last step. Lower the learning rate ({request.Options.LearningRate}) and train again."));
        }

        double? accuracy = model is EncoderClassifier classifier ? ClassifierEvaluator.Accuracy(classifier, data.Test, cancellationToken) : null;
        cli.WriteLine(FormattableString.Invariant($"test      loss {testLoss:F5}") + (accuracy is { } share ? FormattableString.Invariant($", {100 * share:F2} % right") : ""));

        using RunFolder folder = RunFolder.Create(request.OutputFolder);
        model.save(folder.PathOf(RunFolder.WeightsFile));
        RunGraphs.Write(model, request.Architecture.Name, folder.WorkingPath);
        VerificationReport verification = RunGraphs.Verify(model, folder.WorkingPath, data.Test, cancellationToken);
        verification.ThrowIfFailed();
        cli.WriteLine($"verify    {string.Join(", ", verification.Graphs.Select(graph => graph.File))}: equal to TorchSharp on {data.Test.Count:N0} images");
        unfinished.CopyLogs(folder);

        ImageSet train = request.Validation.Split(data.Train, data.Test).Train;
        RunRecord record = folder.Commit(new RunRecord
        {
            Created = cli.Time.GetUtcNow(),
            Model = RunModel.Describe(request.Architecture, model),
            Data = RunData.Describe(data.Name, train, data.Test),
            Training = request.Options,
            Selection = new ModelSelection($"{request.Validation}", request.Patience, request.KeepBest, best?.Epoch ?? history.Epochs[^1].Epoch),
            History = history,
            Verification = verification,
            Libraries = LibraryVersion.Describe(),
            Metrics = Metrics(testLoss, accuracy),
        });
        unfinished.Complete();
        cli.WriteLine($"run       {folder.Path}");
        return Describe(request, data, history, record, folder.Path);
    }

    private static Dictionary<string, double> Metrics(double testLoss, double? accuracy)
    {
        var metrics = new Dictionary<string, double> { ["testLoss"] = testLoss };
        if (accuracy is { } share)
        {
            metrics.Add("testAccuracy", share);
        }

        return metrics;
    }

    private static TrainResult Describe(
        TrainRequest request, LabeledImages data, TrainingHistory history, RunRecord record, string folder) => new()
        {
            Run = folder,
            Architecture = request.Architecture.Name,
            Parameters = record.Model.Parameters,
            Dataset = data.Name,
            DatasetSha256 = data.Sha256,
            Seed = request.Options.Seed,
            Epochs = history.Epochs.Count,
            Steps = history.Epochs[^1].Step,
            StopReason = history.StopReason,
            WeightsOfEpoch = record.Selection!.WeightsOfEpoch,
            TrainSeconds = Math.Round(history.Seconds, 2),
            TrainLosses = [.. history.Epochs.Select(epoch => epoch.TrainLoss)],
            ValidationLosses = [.. history.Epochs.Select(epoch => epoch.ValidationLoss).OfType<double>()],
            TestLoss = record.Metrics["testLoss"],
            TestAccuracy = record.Metrics.TryGetValue("testAccuracy", out double accuracy) ? accuracy : null,
            WeightsSha256 = record.Model.WeightsHash,
            Verify = VerifyResult.Of(record.Verification!),
        };
}

/// <summary>A run was stopped, and can be gone on with; the message says how.</summary>
internal sealed class TrainingInterruptedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
