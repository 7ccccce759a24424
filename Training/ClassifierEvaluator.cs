using OnnxAE.Inference;
using OnnxAE.Models;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>How often a classifier is right.</summary>
public static class ClassifierEvaluator
{
    private const int BatchSize = 500;

    /// <summary>The share of images whose largest logit is their class.</summary>
    /// <param name="classifier">The network; put into evaluation mode and left there.</param>
    /// <param name="images">A set with labels.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">The images have no labels, or there are none.</exception>
    public static double Accuracy(EncoderClassifier classifier, ImageSet images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        if (!images.HasLabels || images.Count == 0)
        {
            throw new ArgumentException("Accuracy is measured on images with labels, and there are none.", nameof(images));
        }

        using var batches = new ImageBatches(images, Math.Min(BatchSize, images.Count), withLabels: true);
        classifier.eval();
        long right = 0;
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            var (pixels, labels) = batches.Load(start, Math.Min(BatchSize, images.Count - start)); // [B, pixels], [B]
            right += classifier.call(pixels).argmax(1).eq(labels!).sum().item<long>();
        }

        return (double)right / images.Count;
    }
}
