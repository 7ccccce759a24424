using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A transformer that appends columns computed from the same row. A subclass gives
/// <list type="bullet">
/// <item><c>MakeRowMapper</c>: checks the input schema (throwing <c>Contracts.ExceptSchemaMismatch</c>) and returns a mapper bound to it,
/// usually a nested class derived from <see cref="MapperBase"/>;</item>
/// <item><c>SaveModel</c>: <c>ctx.CheckAtModel(); ctx.SetVersionInfo(...); ctx.Writer.Write(...)</c>;</item>
/// <item>a factory <c>(IHostEnvironment, ModelLoadContext) => object</c>, entered in <see cref="LoadableClasses"/> by its loader signature.</item>
/// </list>
/// </summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase(IHostEnvironment host) => Host = host;

    bool ITransformer.IsRowToRowMapper => true;

    private protected IHostEnvironment Host { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return RowToRowMapperTransform.GetOutputSchema(inputSchema, MakeRowMapper(inputSchema));
    }

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

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext ctx);

    private protected abstract IRowMapper MakeRowMapper(DataViewSchema schema);

    /// <summary>A mapper that makes the getter of each output column on its own.</summary>
    private protected abstract class MapperBase(DataViewSchema inputSchema) : IRowMapper
    {
        private DataViewSchema.DetachedColumn[] _outputColumns;

        protected DataViewSchema InputSchema { get; } = inputSchema;

        protected DataViewSchema.DetachedColumn[] OutputColumns => _outputColumns ??= GetOutputColumnsCore();

        DataViewSchema.DetachedColumn[] IRowMapper.GetOutputColumns() => OutputColumns;

        Func<int, bool> IRowMapper.GetDependencies(Func<int, bool> activeOutput) => GetDependenciesCore(activeOutput);

        public virtual Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
        {
            var getters = new Delegate[OutputColumns.Length];
            Action all = null;
            for (int i = 0; i < getters.Length; i++)
            {
                if (!activeOutput(i))
                    continue;
                getters[i] = MakeGetter(input, i, activeOutput, out Action one);
                all += one;
            }
            disposer = all;
            return getters;
        }

        protected abstract DataViewSchema.DetachedColumn[] GetOutputColumnsCore();

        protected abstract Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput);

        protected abstract Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action disposer);
    }
}
