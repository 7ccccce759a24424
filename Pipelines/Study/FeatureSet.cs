using System.Diagnostics;
using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>
/// Features of one kind, and what arms on them share: those of all images, standardised by the training images' mean and
/// deviation, the graph of neighbors and, for each slice, the strength of the linear head's penalty. Computed when it is
/// opened, gone from memory when it is closed.
/// </summary>
internal sealed class FeatureSet(FeatureSource source, LabeledImages data, ArmSettings settings)
{
    private readonly Dictionary<LabelSlice, (float L2, double Seconds)> penalties = [];
    private StandardFeatures? train;
    private float[][] test = [];
    private NearestNeighbors? neighbors;

    /// <summary>What makes the features.</summary>
    public FeatureSource Source => source;

    /// <summary>Seconds that the features took.</summary>
    public double FeatureSeconds { get; private set; }

    /// <summary>Seconds that the graph took.</summary>
    public double NeighborSeconds { get; private set; }

    /// <summary>The graph of the training images, the same for every slice.</summary>
    public NearestNeighbors Neighbors => neighbors ?? throw new InvalidOperationException($"The neighbors of {source.Name} were not looked for.");

    /// <summary>The training images' features.</summary>
    public StandardFeatures Train => train ?? throw new InvalidOperationException($"The features {source.Name} are not open.");

    /// <summary>Computes the features.</summary>
    public void Open(IProgressStep step, CancellationToken cancellationToken) => FeatureSeconds = Time(() =>
    {
        var ml = new MLContext(seed: 1);
        double share = (double)data.Train.Count / (data.Train.Count + data.Test.Count);
        train = StandardFeatures.Compute(
            source, ml.Data.LoadFromImages(data.Train), data.Train.Count, done => step.Report(share * done, source.Name), cancellationToken);
        test = train.Of(ml.Data.LoadFromImages(data.Test), data.Test.Count, done => step.Report(share + ((1 - share) * done), source.Name), cancellationToken);
    });

    /// <summary>Looks for the neighbors of each training image.</summary>
    public void FindNeighbors(IProgressStep step, CancellationToken cancellationToken) =>
        NeighborSeconds = Time(() => neighbors = Train.FindNeighbors(settings.NeighborCount, step, source.Name, cancellationToken));

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        train?.Dispose();
        train = null;
        test = [];
        neighbors = null;
    }

    /// <summary>The labeled training images.</summary>
    public IDataView Labeled(MLContext ml, LabelSlice slice) => Train.View(ml, slice.Keys, slice.Rows, slice.ClassCount);

    /// <summary>All training images; the labels outside the slice are missing.</summary>
    public IDataView All(MLContext ml, LabelSlice slice) => Train.View(ml, slice.Keys, Enumerable.Range(0, slice.Keys.Count), slice.ClassCount);

    /// <summary>The test images with their labels.</summary>
    public IDataView Test(MLContext ml) => FeatureRow.View(
        ml, test.Select((row, i) => new FeatureRow { Features = row, Label = data.Test.Labels.Span[i] }), source.Dimension, data.Train.ClassCount);

    /// <summary>The strength of the linear head's penalty that a slice chooses, and what the choice took; made once for all arms.</summary>
    public (float L2, double Seconds) PenaltyFor(LabelSlice slice, CancellationToken cancellationToken)
    {
        if (!penalties.TryGetValue(slice, out var penalty))
        {
            var validation = new CrossValidation(Train, slice.Keys, slice.ClassCount, settings, slice.Seed);
            penalty.Seconds = Time(() => penalty.L2 = validation.ChoosePenalty(cancellationToken));
            penalties[slice] = penalty;
        }

        return penalty;
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
