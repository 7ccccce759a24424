using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace OnnxAE.Inference;

/// <summary>
/// The ONNX transformer of ML.NET over a model in memory: it wants a file for as long as it lives, and gets a temporary
/// one. (Its overloads for streams leave such a file behind.)
/// </summary>
internal sealed class StockOnnx : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"onnxae-{Guid.NewGuid():N}.onnx");

    private StockOnnx(byte[] model, IReadOnlyCollection<TensorSpec> inputs, IEnumerable<TensorSpec> outputs)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream file = new(_path, options))
            {
                file.Write(model);
            }

            // A context of its own, for the CPU: the user's may name a GPU.
            OnnxScoringEstimator estimator = new MLContext().Transforms.ApplyOnnxModel(new OnnxOptions
            {
                ModelFile = _path,
                InputColumns = [.. inputs.Select(t => t.Name)],
                OutputColumns = [.. outputs.Select(t => t.Name)],
                IntraOpNumThreads = 1,
            });
            Transformer = estimator.Fit(new EmptyView(inputs));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OnnxTransformer Transformer { get; }

    /// <summary>The transformer that computes what the model does: what is saved.</summary>
    /// <exception cref="NotSupportedException">The stock transformer can't do what this one does.</exception>
    public static StockOnnx Create(OnnxModelDefinition definition)
        => new(definition.BuildStock(), [.. definition.ColumnInputs], definition.Outputs);

    public void Dispose()
    {
        Transformer?.Dispose();
        File.Delete(_path);
    }
}

/// <summary>A view with the columns that a model reads and no rows: what an estimator without training needs to be fitted.</summary>
internal sealed class EmptyView : IDataView
{
    public EmptyView(IEnumerable<TensorSpec> inputs)
    {
        DataViewSchema.Builder schema = new();
        foreach (TensorSpec input in inputs)
        {
            schema.AddColumn(input.Name, new VectorDataViewType(input.Element.ColumnType, input.RowSize * Math.Max(1, input.BatchRows)));
        }

        Schema = schema.ToSchema();
    }

    public EmptyView(DataViewSchema schema) => Schema = schema;

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => throw new NotSupportedException("A view without rows has nothing to read.");

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
