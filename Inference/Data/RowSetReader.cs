using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Fills a <see cref="RowSet"/> from a column of a view, in one pass.</summary>
internal sealed class RowSetReader
{
    private const int LookEvery = 256; // rows between two looks at the cancellation token

    private readonly RowBlocksBuilder<float> _builder;
    private readonly double[] _sums;
    private readonly double[] _squares;

    private RowSetReader(int size)
    {
        _builder = new RowBlocksBuilder<float>(size);
        (_sums, _squares) = (new double[size], new double[size]);
    }

    /// <summary>Rows that were left out, since a number of theirs is not finite.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The smallest number of all.</summary>
    public float Least { get; private set; } = float.PositiveInfinity;

    /// <summary>The largest number of all.</summary>
    public float Most { get; private set; } = float.NegativeInfinity;

    /// <summary>Rows that were read.</summary>
    public int Count => _builder.Count;

    /// <summary>Whether a column can be read: vectors of Single of a known size, or of bytes.</summary>
    public static bool Accepts(DataViewType type) => type is VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType item }
        && (item == NumberDataViewType.Single || item == NumberDataViewType.Byte);

    /// <summary>Reads a column of Single. Rows with a number that is not finite are left out, as ML.NET's own trainers do.</summary>
    /// <param name="view">The view.</param>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Looked at now and then.</param>
    public static RowSetReader Read(IDataView view, DataViewSchema.Column column, CancellationToken cancellationToken)
    {
        var reader = new RowSetReader(((VectorDataViewType)column.Type).Size);
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        float[] values = new float[reader._sums.Length];
        while (cursor.MoveNext())
        {
            if ((reader.Count + reader.LeftOut) % LookEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            get(ref buffer);
            buffer.CopyTo(values);
            reader.Add(values);
        }

        return reader;
    }

    /// <summary>Reads a column of bytes, which are pixels.</summary>
    /// <param name="view">The view.</param>
    /// <param name="column">The column.</param>
    /// <param name="shape">[channels, height, width].</param>
    /// <param name="cancellationToken">Looked at now and then.</param>
    public static RowSet ReadBytes(IDataView view, DataViewSchema.Column column, IReadOnlyList<int> shape, CancellationToken cancellationToken)
    {
        var builder = new RowBlocksBuilder<byte>(RowShapes.SizeOf(shape));
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<byte>> get = cursor.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> buffer = default;
        while (cursor.MoveNext())
        {
            if (builder.Count % LookEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            get(ref buffer);
            buffer.CopyTo(builder.Add());
        }

        return new RowSet(builder.ToBlocks(), null, shape, default, null);
    }

    /// <summary>The mean and the standard deviation of each number of a row.</summary>
    public (float[] Means, float[] Deviations) Moments()
    {
        double[] means = [.. _sums.Select(sum => sum / Count)];
        return ([.. means.Select(mean => (float)mean)], [.. _squares.Zip(means, (square, mean) => (float)Math.Sqrt(Math.Max(0, (square / Count) - (mean * mean))))]);
    }

    /// <summary>The rows, each number less its offset and times its scale; they are changed in place.</summary>
    /// <param name="shape">What a row is.</param>
    /// <param name="offset">Taken from each number; empty for none.</param>
    /// <param name="scale">Multiplied with each number then.</param>
    /// <param name="labels">[rows] classes, -1 for none; empty for no labels.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="categories">Groups of values that are one category each; null for none.</param>
    public RowSet ToRowSet(
        IReadOnlyList<int> shape,
        ReadOnlySpan<float> offset,
        ReadOnlySpan<float> scale,
        ReadOnlyMemory<int> labels = default,
        IReadOnlyList<string>? classes = null,
        IReadOnlyList<(int Start, int Length)>? categories = null)
    {
        if (offset.Length > 0)
        {
            for (int row = 0; row < Count; row++)
            {
                Span<float> values = _builder[row];
                TensorPrimitives.Subtract(values, offset, values);
                TensorPrimitives.Multiply(values, scale, values);
            }
        }

        return new RowSet(null, _builder.ToBlocks(), shape, labels, classes) { Categories = categories ?? [] };
    }

    private void Add(ReadOnlySpan<float> values)
    {
        if (values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            LeftOut++;
            return;
        }

        values.CopyTo(_builder.Add());
        Least = Math.Min(Least, TensorPrimitives.Min(values));
        Most = Math.Max(Most, TensorPrimitives.Max(values));
        for (int i = 0; i < values.Length; i++)
        {
            _sums[i] += values[i];
            _squares[i] += (double)values[i] * values[i];
        }
    }
}
