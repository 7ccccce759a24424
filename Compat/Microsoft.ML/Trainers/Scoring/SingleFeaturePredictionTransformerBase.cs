using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class SingleFeaturePredictionTransformerBase<TModel> : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(IHostEnvironment env, TModel model, DataViewSchema trainSchema, string featureColumn)
        : base(env, model, trainSchema)
    {
        FeatureColumnName = featureColumn;
        FeatureColumnType = FindFeature(trainSchema).Type;
    }

    private protected SingleFeaturePredictionTransformerBase(IHostEnvironment env, ModelLoadContext ctx, TModel model)
        : base(env, ctx, model)
    {
        FeatureColumnName = ctx.LoadNonEmptyString();
        FeatureColumnType = FindFeature(TrainSchema).Type;
    }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        FindFeature(inputSchema);
        return RowToRowMapperTransform.GetOutputSchema(inputSchema, MakeRowMapper(inputSchema));
    }

    /// <summary>The feature column of another schema, which must have the type that the model was trained with.</summary>
    private protected DataViewSchema.Column CheckFeature(DataViewSchema inputSchema)
    {
        // ML.NET's own words where a row is to be mapped: the name and the role have changed places.
        DataViewSchema.Column column = inputSchema.GetColumnOrNull(FeatureColumnName)
            ?? throw Contracts.ExceptParam("schema", $"{FeatureColumnName} column 'Feature' not found");
        if (!column.Type.Equals(FeatureColumnType))
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "feature", FeatureColumnName, FeatureColumnType.ToString(), column.Type.ToString());
        return column;
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SaveStringOrNull(FeatureColumnName);
    }

    private DataViewSchema.Column FindFeature(DataViewSchema inputSchema) =>
        inputSchema.GetColumnOrNull(FeatureColumnName) ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "feature", FeatureColumnName);
}
