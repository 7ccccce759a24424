using OnnxAE.Inference.Data;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>The loss of a network on images that it is not trained on.</summary>
public static class AutoencoderEvaluator
{
    // Large enough to keep the cores busy, small enough that no activation outgrows the caches by much.
    private const int BatchSize = 500;

    /// <summary>
    /// Mean loss over a whole set, in batches. A denoiser is given corrupted images and compared with the clean ones; the
    /// corruption, and the draws of a variational network, are the same at every call, so that losses of different epochs
    /// can be compared. Sets TorchSharp's global generator.
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
        using var batches = new ImageBatches(images, Math.Min(BatchSize, images.Count), options.Objective.NeedsLabels);
        model.eval();
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            int count = Math.Min(BatchSize, images.Count - start);
            var (clean, labels) = batches.Load(start, count); // [B, InputSize]
            Tensor input = options.Corruption?.Apply(clean, generator) ?? clean;
            meter.Add(LossValue.Of(options.Objective.Compute(model, input, clean, StepContext.Evaluation(generator, labels))), count);
        }

        return meter;
    }
}
