using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Training;

namespace OnnxAE.Pipelines;

/// <summary>Damages all test images as in training, from a seed, and lets the exported network undo it, through ML.NET.</summary>
internal sealed class DenoiseStep(DemoSession session)
{
    /// <summary>Damages, denoises and compares both with the clean images.</summary>
    /// <param name="test">The clean images.</param>
    /// <param name="corruption">What the network was trained to undo.</param>
    /// <param name="autoencoderPath">The exported network.</param>
    public DenoisedImages Run(ImageSet test, ICorruption corruption, string autoencoderPath)
    {
        MLContext ml = session.ML;
        ImageSet damaged = CorruptedImages.Create(test, corruption, session.Seed, session.CancellationToken);
        IDataView images = ml.Data.LoadFromImages(damaged);
        using var archive = new TemporaryFile(session.PathOf("denoiser-pipeline.zip"));
        ITransformer denoiser = SavedPipeline.Create(
            ml, ml.Transforms.ApplyOnnxDenoiser("Denoised", "Pixels", autoencoderPath), images, archive.Path);

        var noisy = new Psnr();
        var restored = new Psnr();
        var first = new List<byte[]>();
        var clean = new float[test.PixelCount];
        var input = new float[test.PixelCount];
        VectorColumn.ForEach(
            denoiser.Transform(images),
            "Denoised",
            (row, output) =>
            {
                ToUnitRange(test.GetImage(row), clean);
                ToUnitRange(damaged.GetImage(row), input);
                noisy.Add(clean, input);
                restored.Add(clean, output);
                if (row < session.Settings.ReportImages)
                {
                    first.Add(ToGrey(output));
                }
            },
            session.CancellationToken);
        return new DenoisedImages(new DenoiseResult($"{corruption}", noisy.Decibels, restored.Decibels), damaged, first);
    }

    private static void ToUnitRange(ReadOnlySpan<byte> grey, Span<float> pixels)
    {
        for (int i = 0; i < grey.Length; i++)
        {
            pixels[i] = grey[i] / 255f;
        }
    }

    private static byte[] ToGrey(ReadOnlySpan<float> pixels)
    {
        var grey = new byte[pixels.Length];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)MathF.Round(255 * Math.Clamp(pixels[i], 0, 1));
        }

        return grey;
    }
}

/// <summary>What denoising leaves: figures, and pictures to show.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Damaged">The damaged test images.</param>
/// <param name="FirstDenoised">The first few of them, denoised, as grey values.</param>
internal sealed record DenoisedImages(DenoiseResult Result, ImageSet Damaged, IReadOnlyList<byte[]> FirstDenoised);
