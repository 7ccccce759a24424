using System.Diagnostics;
using OnnxAE.Inference.Data;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>
/// Trains an autoencoder with Adam to rebuild clean images. The same seed, images, model and machine give the same
/// curve, bit for bit; everything that is not the loop itself is a callback.
/// </summary>
/// <param name="options">The run's settings.</param>
public sealed class AutoencoderTrainer(TrainingOptions options)
{
    /// <summary>The run's settings.</summary>
    public TrainingOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>Trains a model in place and leaves it in evaluation mode.</summary>
    /// <param name="model">The network, its weights as its maker left them.</param>
    /// <param name="train">The images to learn from; labels are not looked at.</param>
    /// <param name="validation">Images to measure the loss on after every epoch; null to measure none.</param>
    /// <param name="callbacks">Progress, history, early stopping.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">Image sizes and the model's input size differ, or a set is empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public TrainingHistory Fit(
        Autoencoder model,
        ImageSet train,
        ImageSet? validation = null,
        IReadOnlyList<ITrainingCallback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        Options.Validate();
        RequireSize(model, train, nameof(train));
        if (validation is not null)
        {
            RequireSize(model, validation, nameof(validation));
        }

        callbacks ??= [];
        manual_seed(Options.Seed); // dropout draws from the global generator
        using var generator = new Generator((ulong)Options.Seed); // the images' order and their corruption
        using var optimizer = optim.Adam(model.parameters(), Options.LearningRate);
        optim.lr_scheduler.LRScheduler? schedule = Schedule(optimizer, train.Count);
        int stepsPerEpoch = (train.Count + Options.BatchSize - 1) / Options.BatchSize;
        long step = 0;
        var epochs = new List<EpochResult>();
        long begin = Stopwatch.GetTimestamp();
        Notify(callbacks, c => c.OnTrainingStarted(Options, train.Count));

        for (int epoch = 1; epoch <= Options.Epochs; epoch++)
        {
            long epochBegin = Stopwatch.GetTimestamp();
            model.train();
            double lossSum = 0;
            long[] order = Permutation(train.Count, generator);
            for (int start = 0; start < train.Count; start += Options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(Options.BatchSize, train.Count - start);
                var context = new StepContext(step++, (long)stepsPerEpoch * Options.Epochs, stepsPerEpoch, generator);
                double loss = Step(model, optimizer, train, order.AsSpan(start, count), context);
                schedule?.step();
                if (!double.IsFinite(loss))
                {
                    throw TrainingDivergedException.At(epoch, start + count, loss, Options.LearningRate);
                }

                lossSum += loss * count;
                int done = start + count;
                var progress = new TrainingProgress(
                    epoch, Options.Epochs, done, train.Count, loss, lossSum / done, Stopwatch.GetElapsedTime(begin));
                Notify(callbacks, c => c.OnBatchCompleted(progress));
            }

            double seconds = Stopwatch.GetElapsedTime(epochBegin).TotalSeconds;
            double? validationLoss = validation is null ? null : AutoencoderEvaluator.Loss(model, validation, Options, cancellationToken);
            var result = new EpochResult(epoch, lossSum / train.Count, validationLoss, seconds, train.Count / seconds);
            epochs.Add(result);
            bool goOn = true;
            Notify(callbacks, c => goOn &= c.OnEpochCompleted(result)); // every callback hears of it, whoever ends the run
            if (!goOn)
            {
                break;
            }
        }

        model.eval();
        return new TrainingHistory(epochs, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    // One optimizer step; returns the batch's mean loss.
    private double Step(Autoencoder model, optim.Optimizer optimizer, ImageSet images, ReadOnlySpan<long> rows, in StepContext context)
    {
        using var scope = NewDisposeScope();
        Tensor clean = PixelBatch.Load(images, rows); // [B, InputSize]
        Tensor input = Options.Corruption?.Apply(clean, context.Generator) ?? clean;
        model.zero_grad(); // drops the gradients instead of filling 10 MB with zeros, as the optimizer's own would
        Tensor loss = Options.Objective.Compute(model, input, clean, context).Loss;
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    private optim.lr_scheduler.LRScheduler? Schedule(optim.Optimizer optimizer, int images)
    {
        int steps = Options.Epochs * ((images + Options.BatchSize - 1) / Options.BatchSize);
        return Options.Schedule == LearningRateSchedule.OneCycle
            ? optim.lr_scheduler.OneCycleLR(optimizer, Options.LearningRate, total_steps: steps)
            : null;
    }

    private static long[] Permutation(int count, Generator generator)
    {
        using Tensor order = randperm(count, generator: generator);
        return order.data<long>().ToArray();
    }

    private static void Notify(IReadOnlyList<ITrainingCallback> callbacks, Action<ITrainingCallback> call)
    {
        foreach (ITrainingCallback callback in callbacks)
        {
            call(callback);
        }
    }

    private static void RequireSize(Autoencoder model, ImageSet images, string parameter)
    {
        if (images.Count == 0 || images.PixelCount != model.InputSize)
        {
            throw new ArgumentException(
                $"{images.Count} images of {images.PixelCount} pixels given, but the model takes {model.InputSize} pixels and needs at least one image.", parameter);
        }
    }
}
