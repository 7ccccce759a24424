using System.Buffers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Training;

/// <summary>
/// Examples in memory: the features of each row once, as numbers of 32 bits, and its weight for each class. Rows that come
/// one after another with equal features, as those with soft labels do, are one row of several classes.
/// </summary>
internal sealed class ExampleRows
{
    private const int BlockNumbers = 1 << 20; // one array that grows would be copied each time, and be twice as long as need be

    private readonly List<float[]> features = []; // blocks of rows
    private readonly ArrayBufferWriter<float> targets = new();
    private readonly int blockRows;

    private ExampleRows(int featureCount, int classCount)
    {
        FeatureCount = featureCount;
        ClassCount = classCount;
        blockRows = Math.Max(1, BlockNumbers / featureCount);
    }

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Weights of a row.</summary>
    public int ClassCount { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>What all rows weigh together.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>[FeatureCount] features of a row.</summary>
    public ReadOnlySpan<float> Features(int row) => features[row / blockRows].AsSpan(row % blockRows * FeatureCount, FeatureCount);

    /// <summary>[ClassCount] weights of a row.</summary>
    public ReadOnlySpan<float> Targets(int row) => targets.WrittenSpan.Slice(row * ClassCount, ClassCount);

    /// <summary>Reads a view; rows without a label, of no weight, or with a number that is not finite are left out, as ML.NET's own trainers do.</summary>
    /// <exception cref="InvalidOperationException">No row is left.</exception>
    public static ExampleRows Read(IDataView input, MultilayerPerceptronOptions options)
    {
        DataViewSchema.Column label = input.Schema[options.LabelColumnName], feature = input.Schema[options.FeatureColumnName];
        DataViewSchema.Column? weight = options.ExampleWeightColumnName is { } name ? input.Schema[name] : null;
        ExampleRows rows = new(((VectorDataViewType)feature.Type).Size, checked((int)((KeyDataViewType)label.Type).Count));
        float[] values = new float[rows.FeatureCount];
        VBuffer<float> buffer = default;
        uint key = 0;
        float worth = 1;
        long read = 0;
        using DataViewRowCursor cursor = input.GetRowCursor([label, feature, .. weight is { } w ? new[] { w } : []]);
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(label);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(feature);
        ValueGetter<float>? getWeight = weight is { } column ? cursor.GetGetter<float>(column) : null;
        for (; cursor.MoveNext(); read++)
        {
            getLabel(ref key);
            getWeight?.Invoke(ref worth);
            if (key == 0 || key > rows.ClassCount || !(worth > 0) || !float.IsFinite(worth))
            {
                continue;
            }

            getFeatures(ref buffer);
            buffer.CopyTo(values);
            if (!values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                rows.Add(values, (int)key - 1, worth);
            }
        }

        return rows.Count > 0 ? rows : throw new InvalidOperationException(
            $"None of the {read} rows can be learned from: each lacks a label in '{label.Name}', has no weight, or a number in '{feature.Name}' that is not finite.");
    }

    private void Add(ReadOnlySpan<float> values, int label, float weight)
    {
        if (Count == 0 || !values.SequenceEqual(Features(Count - 1)))
        {
            if (Count % blockRows == 0)
            {
                features.Add(new float[blockRows * FeatureCount]);
            }

            values.CopyTo(features[^1].AsSpan(Count % blockRows * FeatureCount));
            targets.GetSpan(ClassCount)[..ClassCount].Clear();
            targets.Advance(ClassCount);
            Count++;
        }

        TotalWeight += weight;
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(targets.WrittenMemory).Span[((Count - 1) * ClassCount) + label] += weight;
    }
}
