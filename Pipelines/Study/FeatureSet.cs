using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>The features of images in memory, each standardised by its mean and deviation over all of them.</summary>
/// <param name="Rows">The features of each image.</param>
/// <param name="Extractor">Pixels to features.</param>
/// <param name="Normalizer">Features to standardised ones.</param>
internal sealed record StandardFeatures(FeatureStore Rows, ITransformer Extractor, NormalizingTransformer Normalizer) : IDisposable
{
    private const string Pixels = "Pixels";

    /// <summary>Numbers of a row.</summary>
    public int Dimension => Rows.Dimension;

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
            FeatureStore rows = FeatureStore.Read(extractor.Transform(images), count, report, cancellationToken);
            IDataView view = rows.View(ml, cancellationToken: cancellationToken);
            NormalizingTransformer normalizer = ml.Transforms.NormalizeMeanVariance(FeatureStore.Features, fixZero: false).Fit(view);
            VectorColumn.ForEach(normalizer.Transform(view), FeatureStore.Features, (row, values) => values.CopyTo(rows.Row(row)), cancellationToken); // in place
            return new StandardFeatures(rows, extractor, normalizer);
        }
        catch
        {
            (extractor as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>The features of other images, standardised alike.</summary>
    public FeatureStore Of(IDataView images, int count, Action<double> report, CancellationToken cancellationToken) =>
        FeatureStore.Read(Normalizer.Transform(Extractor.Transform(images)), count, report, cancellationToken);

    /// <summary>The neighbors of each row, the same whatever the labels.</summary>
    public NearestNeighbors FindNeighbors(int neighborCount, IProgressStep step, string name, CancellationToken cancellationToken) => NearestNeighbors.Find(
        Rows.View(new MLContext(seed: 1), cancellationToken: cancellationToken),
        FeatureStore.Features,
        neighborCount,
        progress: new StepProgress(step, $"neighbors by {name}"),
        cancellationToken: cancellationToken);

    /// <summary>Saves a classifier of these features as one of pixels: a stock pipeline of extractor, normalizer and head.</summary>
    public void Save(ITransformer head, IReadOnlyList<int> shape, string path)
    {
        DataViewSchema.Builder input = new();
        input.AddColumn(Pixels, new VectorDataViewType(NumberDataViewType.Single, shape.ToArray()));
        new MLContext(seed: 1).Model.Save(new TransformerChain<ITransformer>(Extractor, Normalizer, head), input.ToSchema(), path);
    }

    /// <inheritdoc/>
    public void Dispose() => (Extractor as IDisposable)?.Dispose();

    /// <summary>Hands the search's progress on to the display, on the calling thread; parallel work may tell of it out of order.</summary>
    private sealed class StepProgress(IProgressStep step, string status) : IProgress<double>
    {
        private readonly Lock _guard = new();
        private double _farthest;

        /// <inheritdoc/>
        public void Report(double value)
        {
            lock (_guard)
            {
                _farthest = Math.Max(_farthest, value);
                step.Report(_farthest, status);
            }
        }
    }
}

/// <summary>
/// Features of one kind, and what arms on them share: those of all images, the graph of neighbors and, for each slice, the
/// strength of the linear head's penalty. Computed when it is opened, gone from memory when it is closed.
/// </summary>
internal sealed class FeatureSet(FeatureSource source, LabeledImages data, HeadSettings settings)
{
    private readonly Dictionary<LabelSlice, (double L2, double Seconds)> _penalties = [];
    private StandardFeatures? _train;
    private FeatureStore? _test;
    private NearestNeighbors? _neighbors;

    /// <summary>What makes the features.</summary>
    public FeatureSource Source => source;

    /// <summary>Seconds that the features took.</summary>
    public double FeatureSeconds { get; private set; }

    /// <summary>Seconds that the graph took.</summary>
    public double NeighborSeconds { get; private set; }

    /// <summary>The graph of the training images, the same for every slice; null before it is looked for.</summary>
    public NearestNeighbors? Neighbors => _neighbors;

    /// <summary>The training images' features.</summary>
    public StandardFeatures Train => _train ?? throw NotOpen();

    /// <summary>Computes the features.</summary>
    public void Open(IProgressStep step, CancellationToken cancellationToken) => FeatureSeconds = Time(() =>
    {
        var ml = new MLContext(seed: 1);
        double share = (double)data.Train.Count / (data.Train.Count + data.Test.Count);
        _train = StandardFeatures.Compute(
            source, ml.Data.LoadFromRows(data.Train), data.Train.Count, done => step.Report(share * done, source.Name), cancellationToken);
        _test = _train.Of(ml.Data.LoadFromRows(data.Test), data.Test.Count, done => step.Report(share + ((1 - share) * done), source.Name), cancellationToken);
    });

    /// <summary>Looks for the neighbors of each training image.</summary>
    public void FindNeighbors(IProgressStep step, CancellationToken cancellationToken) =>
        NeighborSeconds = Time(() => _neighbors = Train.FindNeighbors(settings.NeighborCount, step, source.Name, cancellationToken));

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        _train?.Dispose();
        (_train, _test, _neighbors) = (null, null, null);
    }

    /// <summary>The labeled training images.</summary>
    public IDataView Labeled(MLContext ml, LabelSlice slice) => Train.Rows.View(ml, slice.Keys, slice.Rows, slice.ClassCount);

    /// <summary>All training images; the labels outside the slice are missing.</summary>
    public IDataView All(MLContext ml, LabelSlice slice) => Train.Rows.View(ml, slice.Keys, rows: null, slice.ClassCount);

    /// <summary>The test images with their labels.</summary>
    public IDataView Test(MLContext ml) =>
        (_test ?? throw NotOpen()).View(ml, [.. data.Test.Labels.ToArray().Select(label => (uint)(label + 1))], rows: null, data.Train.ClassCount);

    /// <summary>The strength of the linear head's penalty that a slice chooses, and what the choice took; made once for all arms.</summary>
    public (double L2, double Seconds) PenaltyFor(LabelSlice slice, CancellationToken cancellationToken)
    {
        if (!_penalties.TryGetValue(slice, out var penalty))
        {
            var validation = new CrossValidation(Train, slice.Keys, slice.ClassCount, settings, slice.Seed);
            penalty.Seconds = Time(() => penalty.L2 = validation.ChoosePenalty(cancellationToken));
            _penalties[slice] = penalty;
        }

        return penalty;
    }

    private InvalidOperationException NotOpen() => new($"The features {source.Name} are not open.");

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
