using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The loss of a network on images that it is not trained on.</summary>
public static class AutoencoderEvaluator
{
    // Large enough to keep the cores busy, small enough that no activation outgrows the caches by much.
    internal const int BatchSize = 500;

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
    public static double Loss(EncoderNetwork model, RowSet images, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        using var random = new RandomStreams(options.Seed);
        return Measure(model, images, options, random, cancellationToken).Mean;
    }

    /// <summary>The same with the loss's parts.</summary>
    internal static LossMeter Measure(
        EncoderNetwork model, RowSet images, TrainingOptions options, RandomStreams random, CancellationToken cancellationToken)
    {
        var meter = new LossMeter();
        Generator generator = random.ForEvaluation();
        // A loss that compares images with each other depends on how many there are: as many as in training.
        int batchSize = options.Objective.Views > 1 ? options.BatchSize : BatchSize;
        model.eval();
        RowBatches.ForEach(images, batchSize, options.Objective.NeedsLabels, Measure, cancellationToken);
        return meter;

        void Measure(Tensor clean, Tensor? labels)
        {
            RowViews views = RowViews.Of(clean, labels, RowViews.ShapeOf(model, images), options, generator);
            StepContext context = StepContext.Evaluation(generator, views.Labels) with { Categories = images.Categories };
            ObjectiveValue value = options.Objective.Compute(model, views.Input, views.Target, context);
            meter.Add(LossValue.Of(value), (int)clean.shape[0]);
        }
    }
}

/// <summary>How often a classifier is right.</summary>
public static class ClassifierEvaluator
{
    /// <summary>The share of images whose largest logit is their class.</summary>
    /// <param name="classifier">The network; put into evaluation mode and left there.</param>
    /// <param name="images">A set with labels.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">The images have no labels, or there are none.</exception>
    public static double Accuracy(EncoderClassifier classifier, RowSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        if (!images.HasLabels || images.Count == 0)
        {
            throw new ArgumentException("Accuracy is measured on images with labels, and there are none.", nameof(images));
        }

        long right = 0;
        classifier.eval();
        RowBatches.ForEach(
            images,
            AutoencoderEvaluator.BatchSize,
            withLabels: true,
            (pixels, labels) => right += classifier.call(pixels).argmax(1).eq(labels!).sum().item<long>(),
            cancellationToken);
        return (double)right / images.Count;
    }
}
