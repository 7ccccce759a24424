using Microsoft.ML;
using OnnxAE.Inference.Data;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Training;

namespace OnnxAE.Pipelines.Demo;

/// <summary>Puts seeded noise on all test images and lets the exported network take it away, through ML.NET.</summary>
internal sealed class DenoiseStep(DemoSession session)
{
    /// <summary>Noises, denoises and compares both with the clean images.</summary>
    /// <param name="test">The clean images.</param>
    /// <param name="corruption">The noise that the network was trained against.</param>
    /// <param name="autoencoderPath">The exported network.</param>
    public DenoisedImages Run(ImageSet test, ICorruption corruption, string autoencoderPath)
    {
        MLContext ml = session.ML;
        ImageSet noised = CorruptedImages.Create(test, corruption, session.Seed, session.CancellationToken);
        IDataView images = ml.Data.LoadFromImages(noised);
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
                ToUnitRange(noised.GetImage(row), input);
                noisy.Add(clean, input);
                restored.Add(clean, output);
                if (row < session.Settings.ReportImages)
                {
                    first.Add(ToGrey(output));
                }
            },
            session.CancellationToken);
        return new DenoisedImages(new DenoiseResult($"{corruption}", noisy.Decibels, restored.Decibels), noised, first);
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
