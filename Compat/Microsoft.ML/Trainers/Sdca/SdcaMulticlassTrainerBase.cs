using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class SdcaMulticlassTrainerBase<TModel>
    : SdcaTrainerBase<SdcaMulticlassTrainerBase<TModel>.MulticlassOptions, MulticlassPredictionTransformer<TModel>, TModel>
    where TModel : class
{
    private protected SdcaMulticlassTrainerBase(IHostEnvironment env, MulticlassOptions options)
        : base(env, options, new SchemaShape.Column(options.LabelColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true))
    {
    }

    private protected sealed override TModel TrainModel(IDataView input, TModel initial)
    {
        TrainingSet rows = TrainingSetReader.Read(input, FeatureColumn.Name, LabelColumn.Name, WeightColumn.Name);
        var solver = new SdcaMulticlassSolver(rows, ChooseSettings(rows));
        return CreateModel(solver.Solve(Environment.CreateRandom()), rows);
    }

    private protected sealed override MulticlassPredictionTransformer<TModel> MakeTransformer(TModel model, DataViewSchema trainSchema) =>
        new(Environment, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    private protected sealed override IEnumerable<SchemaShape.Column> GetOutputColumns(SchemaShape inputSchema)
    {
        inputSchema.TryFindColumn(LabelColumn.Name, out SchemaShape.Column label);
        return MulticlassScoring.GetOutputColumns(label);
    }

    /// <param name="parameters">The biases [K], then one weight vector a class [K, D].</param>
    /// <param name="rows">What they were learned from.</param>
    private protected abstract TModel CreateModel(float[] parameters, TrainingSet rows);

    public class MulticlassOptions : OptionsBase
    {
        private protected MulticlassOptions()
        {
        }
    }
}
