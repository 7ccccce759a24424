using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private readonly string _labelColumn;
    private readonly string _scoreColumn = MulticlassScoring.Score;
    private readonly string _predictedLabelColumn = MulticlassScoring.PredictedLabel;

    internal MulticlassPredictionTransformer(IHostEnvironment env, TModel model, DataViewSchema trainSchema, string featureColumn, string labelColumn)
        : base(env, model, trainSchema, featureColumn) => _labelColumn = labelColumn;

    internal MulticlassPredictionTransformer(IHostEnvironment env, ModelLoadContext ctx, TModel model)
        : base(env, ctx, model)
    {
        _labelColumn = ctx.LoadStringOrNull();
        if (ctx.ModelVerWritten >= MulticlassPredictionTransformer.ColumnNamesVersion)
        {
            _scoreColumn = ctx.LoadStringOrNull();
            _predictedLabelColumn = ctx.LoadStringOrNull();
        }
    }

    private protected override IRowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        DataViewSchema.Column feature = CheckFeature(inputSchema);
        var scorer = (IMulticlassScorer)Model;
        DataViewSchema.Column? label = _labelColumn is null ? null : TrainSchema.GetColumnOrNull(_labelColumn);
        var columns = MulticlassScoring.CreateColumns(inputSchema, label, scorer.ClassCount, _scoreColumn, _predictedLabelColumn);
        return new MulticlassRowMapper(scorer, feature, columns);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(MulticlassPredictionTransformer.Version);
        base.SaveCore(ctx);
        ctx.SaveStringOrNull(_labelColumn);
        ctx.SaveStringOrNull(_scoreColumn);
        ctx.SaveStringOrNull(_predictedLabelColumn);
    }
}
