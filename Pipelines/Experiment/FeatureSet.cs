using System.Diagnostics;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Pipelines.Data;
using OnnxAE.Pipelines.Progress;

namespace OnnxAE.Pipelines.Experiment;

/// <summary>
/// Features of one kind, and what arms on them share: the table, the graph of neighbors and, for each slice, the strength of
/// the linear head's penalty. Computed when it is opened, gone from memory when it is closed.
/// </summary>
internal sealed class FeatureSet(FeatureSource source, LabeledImages data, ExperimentSettings settings)
{
    private readonly Dictionary<LabelSlice, float> penalties = [];
    private FeatureTable? table;
    private NearestNeighbors? neighbors;

    /// <summary>What makes the features.</summary>
    public FeatureSource Source => source;

    /// <summary>Seconds that the table and the graph took.</summary>
    public double PreparationSeconds { get; private set; }

    /// <summary>Numbers of a row.</summary>
    public int Dimension => Table.Dimension;

    /// <summary>The graph of the training images, the same for every slice.</summary>
    public NearestNeighbors Neighbors => neighbors ?? throw new InvalidOperationException($"The neighbors of {source.Name} were not looked for.");

    private FeatureTable Table => table ?? throw new InvalidOperationException($"The features {source.Name} are not open.");

    /// <summary>Computes the features.</summary>
    public void Open(IProgressStep step, CancellationToken cancellationToken) =>
        Timed(() => table = FeatureTable.Compute(source, data, step, cancellationToken));

    /// <summary>Looks for the neighbors of each training image.</summary>
    public void FindNeighbors(IProgressStep step, CancellationToken cancellationToken) => Timed(() =>
    {
        IDataView rows = FeatureRow.View(new MLContext(seed: 1), Table.Train.Select(row => new FeatureRow { Features = row }), Dimension, data.Train.ClassCount);
        neighbors = NearestNeighbors.Find(
            rows,
            nameof(FeatureRow.Features),
            settings.NeighborCount,
            progress: new StepProgress(step, $"neighbors by {source.Name}"),
            cancellationToken: cancellationToken);
    });

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        table = null;
        neighbors = null;
    }

    /// <summary>The labeled training images, or some of them.</summary>
    public IDataView Labeled(MLContext ml, LabelSlice slice, IEnumerable<int>? rows = null) => View(ml, (rows ?? slice.Rows).Select(row => Row(slice, row)), slice.ClassCount);

    /// <summary>All training images; the labels outside the slice are missing.</summary>
    public IDataView All(MLContext ml, LabelSlice slice) => View(ml, Enumerable.Range(0, Table.Train.Length).Select(row => Row(slice, row)), slice.ClassCount);

    /// <summary>The test images with their labels.</summary>
    public IDataView Test(MLContext ml) => View(
        ml, Enumerable.Range(0, Table.Test.Length).Select(row => new FeatureRow { Features = Table.Test[row], Label = data.Test.Labels.Span[row] }), data.Train.ClassCount);

    /// <summary>The strength of the linear head's penalty that a slice chooses, computed once.</summary>
    public float PenaltyFor(LabelSlice slice, CancellationToken cancellationToken)
    {
        if (!penalties.TryGetValue(slice, out float penalty))
        {
            penalties[slice] = penalty = new PenaltyChoice(settings).Choose(this, slice, cancellationToken);
        }

        return penalty;
    }

    private FeatureRow Row(LabelSlice slice, int row) => new() { Features = Table.Train[row], Label = unchecked(slice.Keys[row] - 1) };

    private IDataView View(MLContext ml, IEnumerable<FeatureRow> rows, int classCount) => FeatureRow.View(ml, rows, Dimension, classCount);

    private void Timed(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        PreparationSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
