using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>
/// The nearest neighbors of each row of a view, by the cosine, exactly. <see cref="LabelSpreadingOptions.Neighbors"/> takes
/// them: looked for once, they serve any number of fits to the same rows, whatever their labels.
/// </summary>
public sealed class NearestNeighbors
{
    private NearestNeighbors(NeighborLists lists, int neighborCount)
    {
        Lists = lists;
        NeighborCount = neighborCount;
    }

    /// <summary>Rows that were compared.</summary>
    public int RowCount => Lists.Count;

    /// <summary>Most neighbors of a row.</summary>
    public int NeighborCount { get; }

    internal NeighborLists Lists { get; }

    /// <summary>Compares all rows with all.</summary>
    /// <param name="input">The rows, in an order that later reads repeat.</param>
    /// <param name="featureColumnName">A vector of numbers of any type.</param>
    /// <param name="neighborCount">Most neighbors of a row, from 1 to 1000.</param>
    /// <param name="numberOfThreads">Most threads to use; null for one a core. It does not change the result.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Looked at between blocks of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type, or a number is out of its range.</exception>
    public static NearestNeighbors Find(
        IDataView input,
        string featureColumnName = "Features",
        int neighborCount = 10,
        int? numberOfThreads = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = new LabelSpreadingOptions { FeatureColumnName = featureColumnName, NeighborCount = neighborCount, NumberOfThreads = numberOfThreads };
        options.Check();
        InnerTrainer<ITransformer>.CheckFeatures(SchemaShapes.Of(input.Schema), featureColumnName);

        FeatureRows features = FeatureRows.Of(input.Schema[featureColumnName]);
        using (DataViewRowCursor cursor = input.GetRowCursor([features.Column]))
        {
            Action add = features.Open(cursor);
            while (cursor.MoveNext())
                add();
        }

        ParallelOptions parallelism = options.Parallelism;
        parallelism.CancellationToken = cancellationToken;
        NeighborLists lists = NeighborSearch.Find(features.Packed, neighborCount, parallelism, progress is null ? null : progress.Report);
        return new NearestNeighbors(lists, neighborCount);
    }
}
