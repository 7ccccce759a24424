using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>The features of images in memory, each standardised by its mean and deviation over all of them.</summary>
/// <param name="Rows">[images][dimensions].</param>
/// <param name="Extractor">Pixels to features.</param>
/// <param name="Normalizer">Features to standardised ones.</param>
internal sealed record StandardFeatures(float[][] Rows, ITransformer Extractor, NormalizingTransformer Normalizer) : IDisposable
{
    private const string Features = "Features", Pixels = "Pixels";

    /// <summary>Numbers of a row.</summary>
    public int Dimension => Rows[0].Length;

    /// <summary>What the normalizer takes from each feature; empty for nothing.</summary>
    public ImmutableArray<float> Offset => Parameters.Offset;

    /// <summary>What it multiplies each feature with.</summary>
    public ImmutableArray<float> Scale => Parameters.Scale;

    private NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> Parameters =>
        (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)Normalizer.GetNormalizerModelParameters(0);

    /// <summary>Computes them, through ML.NET.</summary>
    /// <param name="source">What makes them.</param>
    /// <param name="images">A column <c>Pixels</c>; no label is read.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="report">Told the share that is done.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public static StandardFeatures Compute(FeatureSource source, IDataView images, int count, Action<double> report, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        ITransformer extractor = source.Transform(ml).Fit(images);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[][] rows = Read(extractor.Transform(images), count, report, cancellationToken);
            IDataView view = FeatureRow.View(ml, rows.Select(Row), rows[0].Length, classCount: 1);
            NormalizingTransformer normalizer = ml.Transforms.NormalizeMeanVariance(Features, fixZero: false).Fit(view);
            VectorColumn.ForEach(normalizer.Transform(view), Features, (row, values) => values.CopyTo(rows[row]), cancellationToken); // in place: wide features take much memory
            return new StandardFeatures(rows, extractor, normalizer);
        }
        catch
        {
            (extractor as IDisposable)?.Dispose();
            throw;
        }

        FeatureRow Row(float[] values)
        {
            cancellationToken.ThrowIfCancellationRequested(); // the normalizer's fit reads all rows
            return new FeatureRow { Features = values };
        }
    }

    /// <summary>The features of other images, standardised alike.</summary>
    public float[][] Of(IDataView images, int count, Action<double> report, CancellationToken cancellationToken) =>
        Read(Normalizer.Transform(Extractor.Transform(images)), count, report, cancellationToken);

    /// <summary>Some rows with their labels, as trainers take them.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="keys">For each row its class as a key; 0 for none.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="classCount">Number of classes.</param>
    public IDataView View(MLContext ml, IReadOnlyList<uint> keys, IEnumerable<int> rows, int classCount) =>
        FeatureRow.View(ml, rows.Select(row => new FeatureRow { Features = Rows[row], Label = unchecked(keys[row] - 1) }), Dimension, classCount);

    /// <summary>The neighbors of each row, the same whatever the labels.</summary>
    public NearestNeighbors FindNeighbors(int neighborCount, IProgressStep step, string name, CancellationToken cancellationToken) => NearestNeighbors.Find(
        FeatureRow.View(new MLContext(seed: 1), Rows.Select(row => new FeatureRow { Features = row }), Dimension, classCount: 1),
        Features,
        neighborCount,
        progress: new StepProgress(step, $"neighbors by {name}"),
        cancellationToken: cancellationToken);

    /// <summary>Saves a classifier of these features as one of pixels: a stock pipeline of extractor, normalizer and head.</summary>
    public void Save(ITransformer head, int pixelCount, string path)
    {
        DataViewSchema.Builder input = new();
        input.AddColumn(Pixels, new VectorDataViewType(NumberDataViewType.Single, pixelCount));
        new MLContext(seed: 1).Model.Save(new TransformerChain<ITransformer>(Extractor, Normalizer, head), input.ToSchema(), path);
    }

    /// <inheritdoc/>
    public void Dispose() => (Extractor as IDisposable)?.Dispose();

    private static float[][] Read(IDataView images, int count, Action<double> report, CancellationToken cancellationToken)
    {
        var rows = new float[count][];
        VectorColumn.ForEach(
            images,
            Features,
            (row, values) =>
            {
                rows[row] = values.ToArray();
                report((row + 1.0) / count);
            },
            cancellationToken);
        return rows;
    }
}
