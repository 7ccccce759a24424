using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Pipelines;

/// <summary>A model file applied to a column through ML.NET, as its users do it.</summary>
internal sealed class OnnxApplication : IDisposable
{
    private const string Output = "Output";
    private readonly BatchedOnnxTransformer _transformer;

    /// <summary>Loads a file.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="view">Rows such as it will be applied to.</param>
    /// <param name="column">The column that it reads.</param>
    /// <param name="batchSize">Rows of a call; 0 lets the transformer choose.</param>
    public OnnxApplication(MLContext ml, string path, IDataView view, string column, int batchSize = 0) =>
        _transformer = ml.Transforms.ApplyOnnxModelBatched(new BatchedOnnxOptions
        {
            OutputColumnName = Output,
            InputColumnName = column,
            ModelFile = path,
            BatchSize = batchSize,
        }).Fit(view);

    /// <summary>Rows of a call.</summary>
    public int BatchSize => _transformer.BatchSize;

    /// <summary>A view of codes in the column <see cref="CodeRow.Code"/>.</summary>
    public static IDataView Codes(MLContext ml, IReadOnlyList<float[]> codes)
    {
        var schema = SchemaDefinition.Create(typeof(CodeRow));
        schema[nameof(CodeRow.Code)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, codes[0].Length);
        return ml.Data.LoadFromEnumerable(codes.Select(code => new CodeRow { Code = code }), schema);
    }

    /// <summary>What it gives for every row.</summary>
    public List<float[]> Apply(IDataView view, CancellationToken cancellationToken)
    {
        var rows = new List<float[]>();
        VectorColumn.ForEach(_transformer.Transform(view), Output, (_, values) => rows.Add(values.ToArray()), cancellationToken);
        return rows;
    }

    /// <summary>The mean squared difference between what it gives and pixels, which are bytes of [0, 1].</summary>
    public double MeanSquaredError(IDataView view, ReadOnlyMemory<byte> pixels, CancellationToken cancellationToken)
    {
        double sum = 0;
        VectorColumn.ForEach(
            _transformer.Transform(view),
            Output,
            (row, values) =>
            {
                ReadOnlySpan<byte> clean = pixels.Span.Slice(row * values.Length, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    double difference = values[i] - (clean[i] / (double)byte.MaxValue);
                    sum += difference * difference;
                }
            },
            cancellationToken);
        return sum / pixels.Length;
    }

    /// <summary>Seconds of one pass.</summary>
    public double Time(IDataView view, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        VectorColumn.ForEach(_transformer.Transform(view), Output, (_, _) => { }, cancellationToken);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public void Dispose() => _transformer.Dispose();
}

/// <summary>A code as a row of an ML.NET view.</summary>
internal sealed class CodeRow
{
    /// <summary>The code's numbers.</summary>
    public float[] Code { get; set; } = [];
}
