using Microsoft.ML;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Evaluation;
using OnnxAE.Pipelines.Progress;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>The features of all images in memory, each dimension standardised by the training images' mean and deviation.</summary>
/// <param name="Train">[training images][dimensions].</param>
/// <param name="Test">[test images][dimensions].</param>
internal sealed record FeatureTable(float[][] Train, float[][] Test)
{
    private const string Output = "Features", Pixels = "Pixels";

    /// <summary>Numbers of a row.</summary>
    public int Dimension => Train[0].Length;

    /// <summary>Computes them, through ML.NET.</summary>
    /// <param name="source">What makes them.</param>
    /// <param name="data">The images; no label is read. What is fitted is fitted to the training images.</param>
    /// <param name="step">Told how far it is.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public static FeatureTable Compute(FeatureSource source, LabeledImages data, IProgressStep step, CancellationToken cancellationToken)
    {
        var ml = new MLContext(seed: 1);
        IDataView train = ml.Data.LoadFromImages(data.Train);
        ITransformer? transformer = source.Transform?.Invoke(ml).Fit(train);
        try
        {
            int total = data.Train.Count + data.Test.Count;
            var table = new FeatureTable(
                Read(train, data.Train.Count, before: 0),
                Read(ml.Data.LoadFromImages(data.Test), data.Test.Count, before: data.Train.Count));
            var scale = ml.Transforms.NormalizeMeanVariance(Output, fixZero: false).Fit(View(table.Train));
            Replace(table.Train);
            Replace(table.Test);
            return table;

            float[][] Read(IDataView images, int count, int before)
            {
                var rows = new float[count][];
                VectorColumn.ForEach(
                    transformer?.Transform(images) ?? images,
                    transformer is null ? Pixels : Output,
                    (row, values) =>
                    {
                        rows[row] = values.ToArray();
                        step.Report((before + row + 1.0) / total, source.Name);
                    },
                    cancellationToken);
                return rows;
            }

            IDataView View(float[][] rows) => FeatureRow.View(ml, rows.Select(row => new FeatureRow { Features = row }), rows[0].Length, data.Train.ClassCount);

            // In place, row by row: wide features of 60,000 images are half a gigabyte.
            void Replace(float[][] rows) =>
                VectorColumn.ForEach(scale.Transform(View(rows)), Output, (row, values) => values.CopyTo(rows[row]), cancellationToken);
        }
        finally
        {
            (transformer as IDisposable)?.Dispose();
        }
    }
}
