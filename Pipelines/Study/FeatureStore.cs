using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Pipelines;

/// <summary>Rows of numbers in memory: one array, filled once. ML.NET reads it through views, which copy a row at a time.</summary>
internal sealed class FeatureStore
{
    /// <summary>The column of the numbers.</summary>
    public const string Features = "Features";

    private readonly float[] _values; // [Count, Dimension]

    /// <param name="count">Number of rows.</param>
    /// <param name="dimension">Numbers of a row.</param>
    /// <exception cref="InvalidDataException">They are more numbers than an array holds.</exception>
    public FeatureStore(int count, int dimension)
    {
        (Count, Dimension) = (count, dimension);
        _values = (long)count * dimension <= Array.MaxLength
            ? GC.AllocateUninitializedArray<float>(count * dimension)
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{count:N0} rows of {dimension:N0} features are too many, expected {Array.MaxLength:N0} numbers in all at most. Use fewer images, or a layer with fewer features."));
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Numbers of a row.</summary>
    public int Dimension { get; }

    /// <summary>A row; what is written here stays.</summary>
    public Span<float> Row(int row) => _values.AsSpan(row * Dimension, Dimension);

    /// <summary>Takes the features out of a view.</summary>
    /// <param name="view">A column <c>Features</c>.</param>
    /// <param name="count">Its rows.</param>
    /// <param name="report">Told the share that is done.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <exception cref="InvalidDataException">The view has other rows than were counted.</exception>
    public static FeatureStore Read(IDataView view, int count, Action<double> report, CancellationToken cancellationToken)
    {
        var store = new FeatureStore(count, ((VectorDataViewType)view.Schema[Features].Type).Size);
        int read = VectorColumn.ForEach(
            view,
            Features,
            (row, numbers) =>
            {
                numbers.CopyTo(row < count ? store.Row(row) : throw Changed(count));
                report((row + 1.0) / count);
            },
            cancellationToken);
        return read == count ? store : throw Changed(count);
    }

    /// <summary>A view of the rows. Nothing is copied before it is read.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="keys">For each row its class as a key; 0 for none. Null for no labels at all.</param>
    /// <param name="rows">Which rows; null for all.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    public IDataView View(
        MLContext ml, IReadOnlyList<uint>? keys = null, IEnumerable<int>? rows = null, int classCount = 1, CancellationToken cancellationToken = default)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Dimension);
        schema[nameof(FeatureRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        return ml.Data.LoadFromEnumerable(Read(), schema);

        IEnumerable<FeatureRow> Read()
        {
            var current = new FeatureRow { Features = new float[Dimension] }; // one for each reader
            foreach (int row in rows ?? Enumerable.Range(0, Count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Row(row).CopyTo(current.Features);
                current.Label = unchecked((keys?[row] ?? 0) - 1);
                yield return current;
            }
        }
    }

    private static InvalidDataException Changed(int count) => new(FormattableString.Invariant($"The images changed while they were read: they were {count:N0} when they were counted."));

    private sealed class FeatureRow
    {
        /// <summary>The numbers.</summary>
        public float[] Features { get; set; } = [];

        /// <summary>The class, from 0; <see cref="uint.MaxValue"/>, which is no class, for missing. The view's keys are larger by one.</summary>
        public uint Label { get; set; }
    }
}

/// <summary>Reads a vector column row by row through one buffer, as a scoring service would.</summary>
internal static class VectorColumn
{
    /// <summary>Hands out the vector of every row in order.</summary>
    /// <param name="view">Any view that has the column.</param>
    /// <param name="name">A vector of float.</param>
    /// <param name="use">Takes the row's index and its values, which are valid only during the call.</param>
    /// <param name="cancellationToken">Looked at before every row.</param>
    /// <returns>The number of rows.</returns>
    public static int ForEach(IDataView view, string name, Action<int, ReadOnlySpan<float>> use, CancellationToken cancellationToken)
    {
        DataViewSchema.Column column = view.Schema[name];
        VBuffer<float> buffer = default;
        float[] dense = [];
        int row = 0;
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            getter(ref buffer);
            if (buffer.IsDense)
            {
                use(row++, buffer.GetValues());
                continue;
            }

            Array.Resize(ref dense, buffer.Length);
            buffer.CopyTo(dense);
            use(row++, dense);
        }

        return row;
    }
}
