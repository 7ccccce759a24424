using System.Text.Json.Nodes;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Trains, exports and verifies a row, once: its run folder keeps the result, and a checkpoint what an interruption leaves.</summary>
/// <param name="settings">How.</param>
/// <param name="time">Dates the run.</param>
internal sealed class RowRunner(ReproduceSettings settings, TimeProvider time)
{
    /// <summary>The row's run, if it is there already and is not <see cref="WhyOutdated(SeedRow)">outdated</see>.</summary>
    public RunRecord? Find(SeedRow row) => Load(row) is { } run && WhyOutdated(row, run) is null ? run : null;

    /// <summary>Why the row is trained anew though it has a run; null where it has none, or one that is up to date.</summary>
    public string? WhyOutdated(SeedRow row) => Load(row) is { } run ? WhyOutdated(row, run) : null;

    /// <summary>Trains the row, going on from its checkpoint if there is one.</summary>
    /// <exception cref="InvalidDataException">The exported files differ from the network, or the network did not learn.</exception>
    public RunRecord Run(SeedRow row, LabeledImages images, IProgressStep step, CancellationToken cancellationToken)
    {
        LabeledImages data = settings.Limit(images);
        TrainingOptions options = settings.OptionsFor(row);
        using RunTrainer run = new(settings.PathOf(row), ModelCatalog.Get(row.Id), options, time, replaces: true);
        return row.Transfers ? Transfer(row, options, run, data, step, cancellationToken) : Train(row, options, run, data, step, cancellationToken);
    }

    private RunRecord? Load(SeedRow row) => RunFolder.Exists(settings.PathOf(row)) ? RunRecord.Load(settings.PathOf(row)) : null;

    // Images need no comparison: those of a known data set are always the same.
    private string? WhyOutdated(SeedRow row, RunRecord run)
    {
        JsonObject recorded = TrainingOf(run), wanted = TrainingOf(run with { Training = settings.OptionsFor(row) });
        string[] changed = [.. recorded.Concat(wanted).Select(option => option.Key).Distinct().Where(name => !JsonNode.DeepEquals(recorded[name], wanted[name]))];
        return changed.Length > 0
                ? $"its run had {string.Join(", ", changed.Select(name => $"{name} {Show(recorded[name])}, now {Show(wanted[name])}"))}"
            : row.StartsFrom is { } id && Find(SeedTable.Get(id)) is { } start && start.Created > run.Created
                ? $"the row that it starts from, {id}, was trained after it"
            : null;
    }

    // Every option that a run's record has, so that none can be forgotten here.
    private static JsonObject TrainingOf(RunRecord run) => JsonNode.Parse(run.ToJson())!["training"]!.AsObject();

    private static string Show(JsonNode? option) => option?.ToString() ?? "none";

    private RunRecord Train(SeedRow row, TrainingOptions options, RunTrainer run, LabeledImages data, IProgressStep step, CancellationToken cancellationToken)
    {
        DiscardOutdated(row);
        run.KeepCheckpoints();
        using EncoderNetwork model = CreateNetwork(row);
        TrainingHistory history = run.Train(model, data.Train, data.Test, [new TrainingReporter(step)], cancellationToken);
        return Finish(row, run, model, history, data, () => Measure(row, model, options, data, run.Folder, cancellationToken), cancellationToken);
    }

    // A run that was begun on weights that have been trained anew since is none of the new ones.
    private void DiscardOutdated(SeedRow row)
    {
        string path = settings.PathOf(row);
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
    private EncoderNetwork CreateNetwork(SeedRow row) => row.StartsFrom is { } id
        ? RunWeights.LoadNetwork(PathOf(id), RunRecord.Load(PathOf(id)))
        : ModelCatalog.Get(row.Id).CreateNetwork(settings.Seed);

    private string PathOf(string id) => settings.PathOf(SeedTable.Get(id));

    private RunRecord Transfer(SeedRow row, TrainingOptions options, RunTrainer run, LabeledImages data, IProgressStep step, CancellationToken cancellationToken)
    {
        var transfer = new EncoderTransfer(ModelCatalog.Get(row.Id), options, settings.Seed, PathOf(row.StartsFrom!), data, run.Folder);
        var (model, history, metrics) = transfer.Run(settings.Draws, step, cancellationToken);
        using (model)
        {
            return Finish(row, run, model, history, data, () => metrics, cancellationToken);
        }
    }

    // Metrics are measured last: some of them look at the exported files.
    private static RunRecord Finish(
        SeedRow row,
        RunTrainer run,
        EncoderNetwork model,
        TrainingHistory history,
        LabeledImages data,
        Func<Dictionary<string, double>> measure,
        CancellationToken cancellationToken)
    {
        RequireProgress(row, history);
        run.Export(model, history);
        run.Verify(data.Test, cancellationToken);
        Dictionary<string, double> metrics = run.Guard(model, measure);
        int? labels = metrics.TryGetValue(SeedTable.Labels, out double count) ? (int)count : null;
        return run.Commit(RunData.Describe(data.Name, data.Train, data.Test) with { LabeledImages = labels }, metrics);
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
            metrics[SeedTable.Accuracy] = FeatureClassifier.Accuracy(data, folder.PathOf(OnnxNames.FeaturesFile), settings.Draws, settings.Seed, cancellationToken);
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
}
