using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains, exports and verifies a row, once: its run folder keeps the result, and a checkpoint what an interruption leaves.</summary>
/// <param name="settings">How.</param>
/// <param name="time">Dates the run.</param>
internal sealed class RowRunner(ReproduceSettings settings, TimeProvider time)
{
    /// <summary>
    /// The row's run of these settings, if it is there already, and if the run that it started from has not been redone since.
    /// Images need no comparison: those of a known data set are always the same.
    /// </summary>
    public RunRecord? Find(SeedRow row)
    {
        string path = Path.Combine(settings.PathOf(row), RunFolder.RecordFile);
        if (!File.Exists(path))
        {
            return null;
        }

        RunRecord record = RunRecord.Load(path);
        RunRecord? start = row.StartsFrom is { } id ? Find(SeedTable.Get(id)) : null;
        return Text(record.Training) == Text(settings.OptionsFor(row)) && !(start?.Created > record.Created) ? record : null;
    }

    /// <summary>Trains the row, going on from its checkpoint if there is one.</summary>
    /// <exception cref="InvalidDataException">The exported files differ from the network, or the network did not learn.</exception>
    public RunRecord Run(SeedRow row, LabeledImages images, IProgressStep step, CancellationToken cancellationToken)
    {
        LabeledImages data = settings.Limit(images);
        TrainingOptions options = settings.OptionsFor(row);
        return row.Transfers ? Transfer(row, options, data, step, cancellationToken) : Train(row, options, data, step, cancellationToken);
    }

    private RunRecord Train(SeedRow row, TrainingOptions options, LabeledImages data, IProgressStep step, CancellationToken cancellationToken)
    {
        string path = settings.PathOf(row);
        DiscardOutdated(row, path);
        using UnfinishedRun unfinished = UnfinishedRun.Open(path, resume: UnfinishedRun.Exists(path));
        using EncoderNetwork model = CreateNetwork(row, options.Seed);
        TrainingHistory history = Fit(model, options, data, unfinished, step, cancellationToken);

        using RunFolder folder = RunFolder.Create(path, replace: true);
        RunRecord record = Keep(row, model, options, history, data, folder, () => Measure(row, model, options, data, folder, cancellationToken), cancellationToken);
        unfinished.Complete();
        return record;
    }

    // A run that was begun on weights that have been trained anew since is none of the new ones.
    private void DiscardOutdated(SeedRow row, string path)
    {
        if (row.StartsFrom is { } id && UnfinishedRun.Exists(path) && Find(SeedTable.Get(id)) is { } start)
        {
            using UnfinishedRun stopped = UnfinishedRun.Open(path, resume: true);
            if (start.Created > File.GetLastWriteTimeUtc(stopped.CheckpointPath))
            {
                stopped.Complete();
            }
        }
    }

    // Equal layers, so the network of the one row is that of the other.
    private EncoderNetwork CreateNetwork(SeedRow row, int seed) => row.StartsFrom is { } id
        ? RunWeights.LoadNetwork(PathOf(id), RunRecord.Load(Path.Combine(PathOf(id), RunFolder.RecordFile)))
        : ModelCatalog.Get(row.Id).CreateNetwork(seed);

    private string PathOf(string id) => settings.PathOf(SeedTable.Get(id));

    private RunRecord Transfer(SeedRow row, TrainingOptions options, LabeledImages data, IProgressStep step, CancellationToken cancellationToken)
    {
        using RunFolder folder = RunFolder.Create(settings.PathOf(row), replace: true);
        var transfer = new EncoderTransfer(ModelCatalog.Get(row.Id), options, PathOf(row.StartsFrom!), data, folder);
        var (model, history, metrics) = transfer.Run(settings.Draws, step, cancellationToken);
        using (model)
        {
            return Keep(row, model, options, history, data, folder, () => metrics, cancellationToken);
        }
    }

    // Metrics are measured last: some of them look at the exported files.
    private RunRecord Keep(
        SeedRow row,
        EncoderNetwork model,
        TrainingOptions options,
        TrainingHistory history,
        LabeledImages data,
        RunFolder folder,
        Func<Dictionary<string, double>> measure,
        CancellationToken cancellationToken)
    {
        RequireProgress(row, history);
        model.save(folder.PathOf(RunFolder.WeightsFile));
        RunGraphs.Write(model, row.Id, folder.WorkingPath);
        VerificationReport report = RunGraphs.Verify(model, folder.WorkingPath, data.Test, cancellationToken);
        report.ThrowIfFailed();
        Dictionary<string, double> metrics = measure();
        return folder.Commit(new RunRecord
        {
            Created = time.GetUtcNow(),
            Model = RunModel.Describe(ModelCatalog.Get(row.Id), model),
            Data = RunData.Describe(data.Name, data.Train, data.Test) with
            {
                LabeledImages = metrics.TryGetValue(SeedTable.Labels, out double labels) ? (int)labels : null,
            },
            Training = options,
            History = history,
            Verification = report,
            Libraries = LibraryVersion.Describe(),
            Metrics = metrics,
        });
    }

    private static TrainingHistory Fit(
        EncoderNetwork model, TrainingOptions options, LabeledImages data, UnfinishedRun unfinished, IProgressStep step, CancellationToken cancellationToken)
    {
        var trainer = new AutoencoderTrainer(options);
        ITrainingCallback[] callbacks = [new TrainingReporter(step), new PeriodicCheckpoints(unfinished.CheckpointPath, CheckpointInterval.Default)];
        try
        {
            return unfinished.CanResume
                ? trainer.Resume(unfinished.CheckpointPath, model, data.Train, data.Test, callbacks, cancellationToken)
                : trainer.Fit(model, data.Train, data.Test, callbacks, cancellationToken);
        }
        catch (TrainingDivergedException)
        {
            unfinished.KeepDiverged(model);
            throw;
        }
        catch (OperationCanceledException exception) when (unfinished.CanResume)
        {
            throw new TrainingInterruptedException("Stopped; nothing is lost: the same command goes on from here.", exception);
        }
    }

    private Dictionary<string, double> Measure(
        SeedRow row, EncoderNetwork model, TrainingOptions options, LabeledImages data, RunFolder folder, CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, double>();
        if (model is EncoderClassifier classifier)
        {
            metrics[SeedTable.Accuracy] = ClassifierEvaluator.Accuracy(classifier, data.Test, cancellationToken);
        }

        if (row.ComparesWithPca)
        {
            metrics[SeedTable.TrainMse] = AutoencoderEvaluator.Loss(model, data.Train, options, cancellationToken);
            metrics[SeedTable.PcaMse] = PcaOptimum.MeanSquaredError(data.Train, model.CodeSize);
        }

        if (row.Classifies)
        {
            metrics[SeedTable.Accuracy] = FeatureClassifier.Accuracy(data, folder.PathOf(OnnxNames.FeaturesFile), settings.Draws, settings.Seed);
        }

        return metrics;
    }

    // A run that learns nothing would otherwise show only in rows that have an aim.
    private static void RequireProgress(SeedRow row, TrainingHistory history)
    {
        double first = history.Epochs[0].TrainLoss;
        if (history.Epochs.Count > 1 && history.FinalTrainLoss >= first)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{row.Id} did not learn: its training loss was {first:G5} in the first epoch and {history.FinalTrainLoss:G5} in the last."));
        }
    }

    private static string Text(TrainingOptions options) => FormattableString.Invariant(
        $"{options.Epochs} {options.Steps} {options.BatchSize} {options.Optimizer} {options.LearningRate} {options.Schedule} {options.WarmUp} {options.WeightDecay} {options.Momentum} {options.GradientClipping} {options.Objective} {options.Corruption} {options.Seed}");
}
