using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

/// <summary>An estimator that keeps what it makes, to see what becomes of it.</summary>
/// <param name="inner">Does the work.</param>
/// <param name="isShared">Whether every fit returns the first one's transformer, as stock ML.NET's ONNX estimator does.</param>
internal sealed class DisposableTrainer(IEstimator<ITransformer> inner, bool isShared = false) : IEstimator<ITransformer>
{
    public List<Transformer> Made { get; } = [];

    public ITransformer Fit(IDataView input)
    {
        if (!isShared || Made.Count == 0)
        {
            Made.Add(new Transformer(inner.Fit(input)));
        }

        return Made[^1];
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);

    internal sealed class Transformer(ITransformer inner) : ITransformer, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public IDataView Transform(IDataView input)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return inner.Transform(input);
        }

        public void Dispose() => IsDisposed = true;
    }
}
