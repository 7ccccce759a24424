using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The loss of a network on images that it is not trained on.</summary>
public static class AutoencoderEvaluator
{
    // Large enough to keep the cores busy, small enough that no activation outgrows the caches by much.
    private const int LargestBatch = 500;

    /// <summary>
    /// Mean loss over a whole set, in batches. A denoiser is given corrupted images and compared with the clean ones; the
    /// corruption, and the draws of a variational network, are the same at every call, so that losses of different epochs
    /// can be compared. Views of an image are compared as in training, in batches of that size. Sets TorchSharp's global generator.
    /// </summary>
    /// <param name="model">The network; put into evaluation mode and left there.</param>
    /// <param name="images">The set.</param>
    /// <param name="options">Objective, corruption and seed of the run.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean over images.</returns>
    public static double Loss(EncoderNetwork model, ImageSet images, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var random = new RandomStreams(options.Seed);
        return Measure(model, images, options, random, cancellationToken).Mean;
    }

    /// <summary>The same with the loss's parts.</summary>
    internal static LossMeter Measure(
        EncoderNetwork model, ImageSet images, TrainingOptions options, RandomStreams random, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var meter = new LossMeter();
        Generator generator = random.ForEvaluation();
        // A loss that compares images with each other depends on how many there are: as many as in training.
        int batchSize = options.Objective.Views > 1 ? options.BatchSize : LargestBatch;
        using var batches = new ImageBatches(images, Math.Min(batchSize, images.Count), options.Objective.NeedsLabels);
        model.eval();
        for (int start = 0; start < images.Count; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            int count = Math.Min(batchSize, images.Count - start);
            var (clean, labels) = batches.Load(start, count); // [B, InputSize]
            ImageViews views = ImageViews.Of(clean, labels, options, generator);
            ObjectiveValue value = options.Objective.Compute(model, views.Input, views.Target, StepContext.Evaluation(generator, views.Labels));
            meter.Add(LossValue.Of(value), count);
        }

        return meter;
    }
}
