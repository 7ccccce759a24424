using System.Numerics.Tensors;
using Microsoft.ML;
using OnnxAE.Inference.Data;

namespace OnnxAE.Pipelines.Bench;

/// <summary>The rows of the benchmark, as each scorer takes them: what a raw session gets is ready in memory, and its preparation not timed.</summary>
internal sealed class ScoringData
{
    private const float White = byte.MaxValue;

    /// <summary>Takes the first rows of a set.</summary>
    public ScoringData(ImageSet images, int rows)
    {
        Images = new ImageSet(images.Pixels[..(rows * images.PixelCount)], images.Height, images.Width);
        Pixels = GC.AllocateUninitializedArray<float>(rows * images.PixelCount, pinned: true);
        TensorPrimitives.ConvertTruncating<byte, float>(Images.Pixels.Span, Pixels);
        TensorPrimitives.Divide(Pixels, White, Pixels);
    }

    /// <summary>The rows as bytes.</summary>
    public ImageSet Images { get; }

    /// <summary>The same in [0, 1], [rows, pixels].</summary>
    public float[] Pixels { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Images.Count;

    /// <summary>Pixels a row.</summary>
    public int Width => Images.PixelCount;

    /// <summary>A view of some rows.</summary>
    public IDataView View(MLContext ml, int first, int count)
        => ml.Data.LoadFromImages(new ImageSet(Images.Pixels.Slice(first * Width, count * Width), Images.Height, Images.Width));
}
