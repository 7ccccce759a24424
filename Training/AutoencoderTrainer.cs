using System.Diagnostics;
using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Trains a network to rebuild clean images, or to do what else its objective says. The same seed, images, first weights
/// and machine give the same curve and weights, bit for bit, with a stop and a resumption in between or without.
/// Everything that is not the loop itself is a callback.
/// </summary>
/// <remarks>One run at a time in a process: new weights and dropout draw from TorchSharp's global generator, which every step seeds.</remarks>
/// <param name="options">The run's settings.</param>
public sealed class AutoencoderTrainer(TrainingOptions options)
{
    /// <summary>The run's settings.</summary>
    public TrainingOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>Trains a model in place and leaves it in evaluation mode.</summary>
    /// <param name="model">The network, its weights as its maker left them.</param>
    /// <param name="train">The images to learn from; labels are looked at by classifiers alone.</param>
    /// <param name="validation">Images to measure the loss on after every epoch; null to measure none.</param>
    /// <param name="callbacks">Progress, early stopping, best weights, checkpoints, logs.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">Image sizes and the model's input size differ, a set is empty, or labels or a corruption are missing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number; the model has its last good weights.</exception>
    public TrainingHistory Fit(
        EncoderNetwork model,
        RowSet train,
        RowSet? validation = null,
        IReadOnlyList<ITrainingCallback>? callbacks = null,
        CancellationToken cancellationToken = default) => Fit(null, model, train, validation, callbacks, cancellationToken);

    /// <summary>Goes on with a run from a checkpoint: its weights and curve become those of a run that was never stopped.</summary>
    /// <param name="checkpoint">A file that <see cref="TrainingRun.SaveCheckpoint"/> wrote in a run of the same settings and images.</param>
    /// <param name="model">A network of the same layers; its weights are replaced.</param>
    /// <param name="train">The images of the run.</param>
    /// <param name="validation">Its validation images, or null.</param>
    /// <param name="callbacks">Its callbacks; those that the checkpoint knows get their memory back.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The curve, from the run's first epoch on.</returns>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or belongs to another run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number; the model has its last good weights.</exception>
    public TrainingHistory Resume(
        string checkpoint,
        EncoderNetwork model,
        RowSet train,
        RowSet? validation = null,
        IReadOnlyList<ITrainingCallback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(checkpoint);
        return Fit(checkpoint, model, train, validation, callbacks, cancellationToken);
    }

    private TrainingHistory Fit(
        string? checkpoint,
        EncoderNetwork model,
        RowSet train,
        RowSet? validation,
        IReadOnlyList<ITrainingCallback>? callbacks,
        CancellationToken cancellationToken)
    {
        Check(model, train, validation);
        model.InputShape = RowViews.ShapeOf(model, train); // a network of dense layers learns here what its rows are

        using var run = new TrainingRun(Options, model, train, validation, callbacks ?? []);
        if (checkpoint is not null)
        {
            Checkpoint.Restore(run, checkpoint);
        }

        run.Notify(c => c.OnTrainingStarted(run));
        try
        {
            using var batches = new RowBatches(train, Math.Min(Options.BatchSize + 1, train.Count), Options.Objective.NeedsLabels);
            while (!run.IsOver)
            {
                TrainEpoch(run, batches, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Notify(c => c.OnInterrupted(run)); // between two steps: a checkpoint can be saved here too
            throw;
        }

        run.Notify(c => c.OnTrainingEnded(run));
        model.eval();
        return new TrainingHistory([.. run.Results], run.Elapsed.TotalSeconds) { StopReason = run.StopReason };
    }

    // All of an epoch, or the rest of it where a run goes on in its middle, or its beginning where the last step comes first.
    private void TrainEpoch(TrainingRun run, RowBatches batches, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        int imagesBefore = run.ImagesDone;
        long[] order = run.Random.Order(run.ImageCount, run.Epoch);
        run.Model.train();
        while (run.ImagesDone < run.ImageCount && run.Step < run.StepCount && run.StopReason is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<long> rows = order.AsSpan(run.ImagesDone, RowBatches.NextSize(run.ImageCount - run.ImagesDone, Options.BatchSize));
            LossValue loss = TakeStep(run, batches, rows);
            run.Losses.Add(loss, rows.Length);
            run.ImagesDone += rows.Length;
            run.Step++;
            TrainingProgress progress = run.Describe(loss);
            run.Notify(c => c.OnBatchCompleted(progress));
            run.Notify(c => c.OnSettled(run));
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double imagesPerSecond = (run.ImagesDone - imagesBefore) / seconds;
        LossMeter? validated = run.Validation is { } images ? Measure(images) : null;
        // No later step may come to find out that the last one spoilt the weights: the first images tell.
        double lossNow = (validated ?? Measure(run.Train.Slice(0, Math.Min(Options.BatchSize, run.ImageCount)))).Mean;
        run.Optimizer.RequireFinite(lossNow, run.Step, run.Epoch, run.ImagesDone);
        EpochResult result = run.CloseEpoch(validated, seconds, imagesPerSecond);
        run.Notify(c => c.OnEpochCompleted(result));
        run.Notify(c => c.OnSettled(run));

        LossMeter Measure(RowSet images) => AutoencoderEvaluator.Measure(run.Model, images, Options, run.Random, cancellationToken);
    }

    // One optimizer step; returns the batch's mean loss.
    private LossValue TakeStep(TrainingRun run, RowBatches batches, ReadOnlySpan<long> rows)
    {
        using var scope = NewDisposeScope();
        Generator generator = run.Random.ForStep(run.Step);
        var (clean, labels) = batches.Load(rows); // [B, InputSize], [B]
        RowViews views = RowViews.Of(clean, labels, run.Model.InputShape, Options, generator);
        var context = new StepContext(run.Step, run.StepCount, run.StepsPerEpoch, generator) { Labels = views.Labels, Categories = run.Train.Categories };
        ObjectiveValue objective = Options.Objective.Compute(run.Model, views.Input, views.Target, context);
        run.Optimizer.Take(objective.Loss, run.Step, run.Epoch, run.ImagesDone);
        return LossValue.Of(objective);
    }

    private void Check(EncoderNetwork model, RowSet train, RowSet? validation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        Options.Validate();
        foreach (RowSet images in validation is null ? [train] : new[] { train, validation })
        {
            if (images.Count == 0 || !Fits(images.Shape, model.InputShape))
            {
                throw new ArgumentException(
                    $"{images.Count} rows of {RowShapes.Say(images.Shape)} given, but the model takes {RowShapes.Say(model.InputShape)} and needs at least one row.", nameof(train));
            }

            if (Options.Objective.NeedsLabels && !images.HasLabels)
            {
                throw new ArgumentException($"The loss '{Options.Objective}' needs labels, and the images have none.", nameof(train));
            }

            if (model is EncoderClassifier classifier && images.HasLabels)
            {
                ClassifierTrainer.RequireKnown(images.Labels.ToArray().Select(label => (long)label), classifier, nameof(train));
            }
        }
    }

    // A picture of other sides is none of the network's, even where it has as many pixels.
    private static bool Fits(IReadOnlyList<int> rows, IReadOnlyList<int> network) =>
        rows.Count == 3 && network.Count == 3 ? rows.SequenceEqual(network) : RowShapes.SizeOf(rows) == network.Aggregate(1L, (product, size) => product * size);
}
