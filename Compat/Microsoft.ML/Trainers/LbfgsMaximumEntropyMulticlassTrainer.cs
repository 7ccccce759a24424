using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class LbfgsMaximumEntropyMulticlassTrainer : LbfgsTrainerBase<LbfgsMaximumEntropyMulticlassTrainer.Options,
    MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    internal LbfgsMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options)
        : base(env, options, new SchemaShape.Column(options.LabelColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true))
    {
    }

    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView trainData, MaximumEntropyModelParameters modelParameters) =>
        Train(trainData, modelParameters);

    private protected override MaximumEntropyModelParameters TrainModel(IDataView input, MaximumEntropyModelParameters initial)
    {
        TrainingSet rows = TrainingSetReader.Read(input, FeatureColumn.Name, LabelColumn.Name, WeightColumn.Name);
        Contracts.Check(rows.Count > 0, "No valid training instances found, all instances have missing features.");
        var loss = new MultinomialLoss(rows, L2Regularization, ThreadCount);
        Contracts.Check(initial is null || (initial.NumberOfFeatures == rows.FeatureCount && initial.NumberOfClasses == rows.ClassCount),
            "The input training data must have the same features used to train the input predictor.");
        float[] parameters = Minimize(loss.Evaluate, loss.ParameterCount, rows.ClassCount, rows.Count, initial?.ToParameters());
        return new MaximumEntropyModelParameters(parameters, rows.ClassCount, rows.FeatureCount, LabelNames.Find(input.Schema[LabelColumn.Name], rows.ClassCount));
    }

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> MakeTransformer(
        MaximumEntropyModelParameters model, DataViewSchema trainSchema) =>
        new(Environment, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    private protected override IEnumerable<SchemaShape.Column> GetOutputColumns(SchemaShape inputSchema)
    {
        inputSchema.TryFindColumn(LabelColumn.Name, out SchemaShape.Column label);
        return MulticlassScoring.GetOutputColumns(label);
    }

    public sealed class Options : OptionsBase
    {
    }
}
