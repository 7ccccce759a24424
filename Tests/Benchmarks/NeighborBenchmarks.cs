using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Benchmarks;

/// <summary>The longest part of label spreading: the exact nearest neighbors of each of as many rows as MNIST has training images.</summary>
[MemoryDiagnoser]
[IterationCount(3)] // of the better part of a minute each
public class NeighborBenchmarks
{
    private const int RowCount = 60_000;
    private const int Dimension = 256; // numbers of a row, as conv-contrastive-256 gives them

    private IDataView _rows = null!;

    /// <summary>Draws the rows.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var random = new Random(1);
        Row[] drawn = new Row[RowCount];
        for (int i = 0; i < RowCount; i++)
        {
            float[] features = new float[Dimension];
            for (int j = 0; j < Dimension; j++)
            {
                features[j] = random.NextSingle() - 0.5f;
            }

            drawn[i] = new Row { Features = features };
        }

        _rows = new MLContext(seed: 1).Data.LoadFromEnumerable(drawn);
    }

    /// <summary>All rows with all, ten neighbors of each, on all cores.</summary>
    [Benchmark]
    public int Neighbors() => NearestNeighbors.Find(_rows).RowCount;

    private sealed class Row
    {
        [VectorType(Dimension)]
        public float[] Features { get; set; } = [];
    }
}
