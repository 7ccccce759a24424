using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>Turns all test images into codes through ML.NET, and measures the pace.</summary>
internal sealed class EncodeStep(DemoSession session)
{
    /// <summary>Encodes.</summary>
    /// <param name="test">The images.</param>
    /// <param name="encoderPath">The exported encoder.</param>
    public EncodeResult Run(ImageSet test, string encoderPath)
    {
        MLContext ml = session.ML;
        IDataView images = ml.Data.LoadFromImages(test);
        using var archive = new TemporaryFile(session.PathOf("encoder-pipeline.zip"));
        ITransformer encoder = SavedPipeline.Create(ml, ml.Transforms.ApplyOnnxEncoder("Features", "Pixels", encoderPath), images, archive.Path);

        long start = session.Timestamp();
        int codeSize = 0;
        int rows = VectorColumn.ForEach(encoder.Transform(images), "Features", (_, code) => codeSize = code.Length, session.CancellationToken);
        return new EncodeResult(rows, codeSize, Math.Round(rows / session.SecondsSince(start)));
    }
}
