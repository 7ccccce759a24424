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

        FeatureRows features = new FeatureRows(input.Schema[featureColumnName]);
        using (DataViewRowCursor cursor = input.GetRowCursor([features.Column]))
        {
            Action add = features.Open(cursor);
            while (cursor.MoveNext())
            {
                add();
            }
        }

        ParallelOptions parallelism = options.Parallelism;
        parallelism.CancellationToken = cancellationToken;
        NeighborLists lists = NeighborSearch.Find(features.Packed, neighborCount, parallelism, progress is null ? null : progress.Report);
        return new NearestNeighbors(lists, neighborCount);
    }
}

/// <summary>The nearest neighbors of each row so far, nearest first; of two as near the earlier row.</summary>
internal sealed class NeighborLists
{
    private readonly int _length;
    private readonly int[] _rows;
    private readonly float[] _similarities;

    /// <param name="count">Number of rows.</param>
    /// <param name="length">Most neighbors of a row.</param>
    public NeighborLists(int count, int length)
    {
        Count = count;
        _length = Math.Max(1, Math.Min(length, count - 1));
        _rows = new int[checked(count * _length)];
        _similarities = new float[_rows.Length];
        Array.Fill(_rows, -1);
        Limits = new float[(count + SimilarityTile.Side - 1) / SimilarityTile.Side * SimilarityTile.Side];
        Array.Fill(Limits, float.Epsilon);
    }

    public int Count { get; }

    /// <summary>For each row how near another must be, at least, to become a neighbor: above 0, then as near as the farthest one.</summary>
    public float[] Limits { get; }

    public ReadOnlySpan<int> Rows(int row)
    {
        Span<int> all = _rows.AsSpan(row * _length, _length);
        int count = all.IndexOf(-1);
        return count < 0 ? all : all[..count];
    }

    public ReadOnlySpan<float> Similarities(int row) => _similarities.AsSpan(row * _length, Rows(row).Length);

    /// <summary>Keeps a candidate if it is nearer than the farthest neighbor.</summary>
    public void Offer(int row, int candidate, float similarity)
    {
        Span<int> rows = _rows.AsSpan(row * _length, _length);
        Span<float> similarities = _similarities.AsSpan(row * _length, _length);
        int place = _length;
        while (place > 0 && (rows[place - 1] < 0 || similarity > similarities[place - 1] || (similarity == similarities[place - 1] && candidate < rows[place - 1])))
        {
            place--;
        }

        if (place == _length)
        {
            return;
        }

        rows[place..^1].CopyTo(rows[(place + 1)..]);
        similarities[place..^1].CopyTo(similarities[(place + 1)..]);
        rows[place] = candidate;
        similarities[place] = similarity;
        if (rows[^1] >= 0)
        {
            Limits[row] = similarities[^1];
        }
    }
}
