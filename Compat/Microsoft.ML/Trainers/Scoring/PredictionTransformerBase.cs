using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class PredictionTransformerBase<TModel> : IPredictionTransformer<TModel>, IDisposable
    where TModel : class
{
    private const string TrainSchemaEntry = "TrainSchema";

    private bool _disposed;

    private protected PredictionTransformerBase(IHostEnvironment env, TModel model, DataViewSchema trainSchema)
    {
        Contracts.CheckValue(model, nameof(model));
        Contracts.CheckValue(trainSchema, nameof(trainSchema));
        Host = env;
        Model = model;
        TrainSchema = trainSchema;
    }

    private protected PredictionTransformerBase(IHostEnvironment env, ModelLoadContext ctx, TModel model)
    {
        Host = env;
        Model = model;
        using MemoryStream stream = ctx.Repository.OpenEntry(ctx.Directory, TrainSchemaEntry);
        TrainSchema = SchemaReader.Read(stream);
    }

    public TModel Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    internal DataViewSchema TrainSchema { get; }

    private protected IHostEnvironment Host { get; }

    public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new RowToRowMapperTransform(input, MakeRowMapper(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return new RowToRowMapperTransform(inputSchema, MakeRowMapper(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        SaveCore(ctx);
    }

    public void Dispose()
    {
        if (!_disposed)
            (Model as IDisposable)?.Dispose();
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    private protected abstract IRowMapper MakeRowMapper(DataViewSchema inputSchema);

    private protected virtual void SaveCore(ModelSaveContext ctx)
    {
        ctx.SaveModel(Model, PredictionTransformer.ModelFolder);
        ctx.SaveBinaryStream(TrainSchemaEntry, writer => SchemaWriter.Write(TrainSchema, writer.BaseStream, keepHidden: false));
    }
}
