using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using OnnxAE.Inference;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Pipelines.Experiment;

namespace OnnxAE.Pipelines.Classify;

/// <summary>What an encoder makes of images, each feature standardised by its mean and deviation over all of them.</summary>
/// <param name="Rows">[images][dimensions].</param>
/// <param name="Encoder">Pixels to features.</param>
/// <param name="Normalizer">Features to standardised ones.</param>
internal sealed record StandardFeatures(float[][] Rows, BatchedOnnxTransformer Encoder, NormalizingTransformer Normalizer) : IDisposable
{
    private const string Features = "Features";

    /// <summary>What the normalizer takes from each feature; empty for nothing.</summary>
    public ImmutableArray<float> Offset => Parameters.Offset;

    /// <summary>What it multiplies each feature with.</summary>
    public ImmutableArray<float> Scale => Parameters.Scale;

    private NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> Parameters =>
        (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)Normalizer.GetNormalizerModelParameters(0);

    /// <summary>Computes them, through ML.NET.</summary>
    /// <param name="images">A column <c>Pixels</c>.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="encoderPath">The encoder.</param>
    /// <param name="report">Told the share that is done.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public static StandardFeatures Compute(IDataView images, int count, string encoderPath, Action<double> report, CancellationToken cancellationToken)
    {
        const int reportEvery = 256;
        var ml = new MLContext(seed: 1);
        BatchedOnnxTransformer encoder = ml.Transforms.ApplyOnnxEncoder(Features, "Pixels", encoderPath).Fit(images);
        try
        {
            var rows = new float[count][];
            VectorColumn.ForEach(
                encoder.Transform(images),
                Features,
                (row, values) =>
                {
                    rows[row] = values.ToArray();
                    if (row % reportEvery == 0)
                    {
                        report((double)row / count);
                    }
                },
                cancellationToken);
            IDataView view = FeatureRow.View(ml, rows.Select(row => new FeatureRow { Features = row }), rows[0].Length, classCount: 1);
            NormalizingTransformer normalizer = ml.Transforms.NormalizeMeanVariance(Features, fixZero: false).Fit(view);
            VectorColumn.ForEach(normalizer.Transform(view), Features, (row, values) => values.CopyTo(rows[row]), cancellationToken); // in place: wide features take much memory
            return new StandardFeatures(rows, encoder, normalizer);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Encoder.Dispose();
}
