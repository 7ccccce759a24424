using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Training;

/// <summary>Fits a multilayer perceptron to examples: cross-entropy with a row's weights of the classes, AdamW, one cycle of the learning rate.</summary>
internal static class MultilayerPerceptronTraining
{
    /// <summary>Trains.</summary>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public static ClassifierHead Run(ExampleRows rows, MultilayerPerceptronOptions options)
    {
        int batchSize = options.BatchSizeFor(rows.Count), epochs = options.EpochsFor(rows.Count);
        long step = 0, stepCount = (long)epochs * options.StepsPerEpoch(rows.Count);
        double meanWeight = rows.TotalWeight / rows.Count; // divided by, so that a step is the same size whatever the unit of the weights
        manual_seed(options.Seed);
        Linear hidden = Linear(rows.FeatureCount, options.HiddenUnits), output = Linear(options.HiddenUnits, rows.ClassCount);
        using Sequential network = Sequential(hidden, ReLU(), Dropout(options.Dropout), output); // owns them
        using var optimizer = new OptimizerSteps(options.ToTrainingOptions(), network, network, stepCount);
        using RandomStreams random = new(options.Seed);

        network.train();
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            long[] order = random.Order(rows.Count, epoch);
            for (int start = 0; start < rows.Count; start += batchSize)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                ReadOnlySpan<long> chosen = order.AsSpan(start, Math.Min(batchSize, rows.Count - start));
                var (features, targets) = Load(rows, chosen);
                random.ForStep(step);
                Tensor logits = network.call(features); // [B, ClassCount]
                Tensor loss = (targets * logits.log_softmax(1)).sum() / (-meanWeight * chosen.Length);
                optimizer.Take(loss, step++, epoch, start);
            }

            options.Progress?.Report((double)epoch / epochs);
        }

        return new ClassifierHead([LayerOf(hidden), LayerOf(output)]);
    }

    private static (Tensor Features, Tensor Targets) Load(ExampleRows rows, ReadOnlySpan<long> chosen)
    {
        Tensor features = empty(chosen.Length, rows.FeatureCount), targets = empty(chosen.Length, rows.ClassCount);
        Span<float> featureValues = MemoryMarshal.Cast<byte, float>(features.bytes), targetValues = MemoryMarshal.Cast<byte, float>(targets.bytes);
        for (int i = 0; i < chosen.Length; i++)
        {
            rows.Features((int)chosen[i]).CopyTo(featureValues[(i * rows.FeatureCount)..]);
            rows.Targets((int)chosen[i]).CopyTo(targetValues[(i * rows.ClassCount)..]);
        }

        return (features, targets);
    }

    private static DenseLayer LayerOf(Linear layer)
    {
        using var gradients = no_grad();
        using Tensor weight = layer.weight.detach(), bias = layer.bias!.detach();
        return new DenseLayer(weight.data<float>().ToArray(), bias.data<float>().ToArray());
    }
}

/// <summary>
/// Examples in memory: the features of each row once, as numbers of 32 bits, and its weight for each class. Rows that come
/// one after another with equal features, as those with soft labels do, are one row of several classes.
/// </summary>
/// <param name="featureCount">Features of a row.</param>
/// <param name="classCount">Weights of a row.</param>
internal sealed class ExampleRows(int featureCount, int classCount)
{
    private const int BlockNumbers = 1 << 20; // one array that grows would be copied each time, and be twice as long as need be

    private readonly List<float[]> _features = []; // blocks of rows
    private readonly int _blockRows = Math.Max(1, BlockNumbers / featureCount);
    private readonly ArrayBufferWriter<float> _targets = new();

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; } = featureCount;

    /// <summary>Weights of a row.</summary>
    public int ClassCount { get; } = classCount;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>What all rows weigh together.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>[FeatureCount] features of a row.</summary>
    public ReadOnlySpan<float> Features(int row) => _features[row / _blockRows].AsSpan(row % _blockRows * FeatureCount, FeatureCount);

    /// <summary>[ClassCount] weights of a row.</summary>
    public ReadOnlySpan<float> Targets(int row) => _targets.WrittenSpan.Slice(row * ClassCount, ClassCount);

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
            if (Count % _blockRows == 0)
            {
                _features.Add(new float[_blockRows * FeatureCount]);
            }

            values.CopyTo(_features[^1].AsSpan(Count % _blockRows * FeatureCount));
            _targets.GetSpan(ClassCount)[..ClassCount].Clear();
            _targets.Advance(ClassCount);
            Count++;
        }

        TotalWeight += weight;
        MemoryMarshal.AsMemory(_targets.WrittenMemory).Span[((Count - 1) * ClassCount) + label] += weight;
    }
}
