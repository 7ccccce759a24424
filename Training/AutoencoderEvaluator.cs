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
    /// Mean loss over a whole set, in batches. A denoiser is given corrupted images and compared with the clean ones;
    /// the corruption is the same at every call, so that losses of different epochs can be compared.
    /// </summary>
    /// <param name="model">The network; put into evaluation mode and left there.</param>
    /// <param name="images">The set.</param>
    /// <param name="options">Loss, corruption and seed of the run.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>The mean over pixels and images.</returns>
    public static double Loss(Autoencoder model, ImageSet images, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        using var generator = new Generator((ulong)options.Seed);
        model.eval();
        double sum = 0;
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            int count = Math.Min(BatchSize, images.Count - start);
            Tensor clean = PixelBatch.Load(images, start, count); // [B, InputSize]
            Tensor input = options.Corruption?.Apply(clean, generator) ?? clean;
            sum += count * (double)options.Objective.Compute(model, input, clean, StepContext.Evaluation(generator)).Loss.item<float>();
        }

        return sum / images.Count;
    }
}
