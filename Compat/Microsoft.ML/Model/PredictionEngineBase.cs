using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer _transformer;
    private readonly MemberRow<TSrc> _input;
    private readonly Action<TDst> _fill;
    private bool _disposed;

    private protected PredictionEngineBase(
        ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
    {
        Contracts.CheckValue(transformer, nameof(transformer));
        Contracts.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        _transformer = transformer;
        _input = new MemberRow<TSrc>(inputSchemaDefinition);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(_input.Schema);
        OutputSchema = mapper.OutputSchema;
        var writer = new MemberWriter<TDst>(OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        _fill = writer.CreateFiller(mapper.GetRow(_input, OutputSchema));
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var prediction = new TDst();
        Predict(example, ref prediction);
        return prediction;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (_disposed)
            return;
        _input.Dispose(); // and no row behind it, as ML.NET's
        (_transformer as IDisposable)?.Dispose(); // the engine owns it, as ML.NET's does
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    private protected void PredictCore(TSrc example, TDst prediction)
    {
        _input.Set(example);
        _fill(prediction);
    }
}
