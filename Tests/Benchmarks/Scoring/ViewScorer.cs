using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Benchmarks;

/// <summary>An ML.NET transformer, read as its users read it: a cursor over the codes, row by row.</summary>
/// <param name="name">What to call it.</param>
/// <param name="data">The rows.</param>
/// <param name="transformer">Makes the column of codes.</param>
internal sealed class ViewScorer(string name, ScoringData data, ITransformer transformer) : Scorer
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>The least that a pass allocated for each row, in bytes, on all threads: what else the process does can only add to it.</summary>
    public double BytesPerRow { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Score(int first, int count)
    {
        IDataView view = transformer.Transform(data.View(first, count));
        long bytes = GC.GetTotalAllocatedBytes();
        long begin = Stopwatch.GetTimestamp();
        int read = Read(view, count);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        BytesPerRow = Math.Min(BytesPerRow, (double)(GC.GetTotalAllocatedBytes() - bytes) / count);
        return read == count ? seconds : throw new InvalidOperationException($"{name} gave {read} rows of {count}.");
    }

    /// <summary>Reads codes; returns the number of rows.</summary>
    public static int Read(IDataView view, int most)
    {
        DataViewSchema.Column column = view.Schema[ScoringData.Code];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> code = default;
        int rows = 0;
        while (rows < most && cursor.MoveNext())
        {
            getCode(ref code);
            rows++;
        }

        return rows;
    }

    /// <inheritdoc/>
    public override void Dispose() => (transformer as IDisposable)?.Dispose();
}
