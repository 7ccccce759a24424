using OnnxAE.Inference;
using static TorchSharp.torch;

namespace OnnxAE.Training;

/// <summary>Damaged copies of whole image sets, for showing and measuring what a denoiser does.</summary>
public static class CorruptedImages
{
    private const int BatchSize = 500;

    /// <summary>Damages every image and rounds the result to the 256 grey values that a picture file has.</summary>
    /// <param name="images">The clean images; left as they are.</param>
    /// <param name="corruption">What is done to them.</param>
    /// <param name="seed">The same seed gives the same noise.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>A set of the same images, damaged, with the same labels.</returns>
    public static ImageSet Create(ImageSet images, ICorruption corruption, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(corruption);
        using var generator = new Generator((ulong)seed);
        var pixels = new byte[images.Pixels.Length];
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int count = Math.Min(BatchSize, images.Count - start);
            Tensor damaged = corruption.Apply(PixelBatch.Load(images, start, count), generator); // [B, pixels]
            damaged.mul(255).round().to_type(ScalarType.Byte).bytes.CopyTo(pixels.AsSpan(start * images.PixelCount));
        }

        return new ImageSet(pixels, images.Height, images.Width, images.Labels, images.ClassCount);
    }
}
