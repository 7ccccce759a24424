using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class TrainerEstimatorBase<TTransformer, TModel> : IEstimator<TTransformer>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected TrainerEstimatorBase(IHostEnvironment env, TrainerInputBaseWithWeight options, SchemaShape.Column label)
    {
        Environment = env;
        FeatureColumn = new SchemaShape.Column(options.FeatureColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);
        LabelColumn = label;
        WeightColumn = options.ExampleWeightColumnName is null
            ? default
            : new SchemaShape.Column(options.ExampleWeightColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);
    }

    private protected IHostEnvironment Environment { get; }

    private protected SchemaShape.Column FeatureColumn { get; }

    private protected SchemaShape.Column LabelColumn { get; }

    private protected SchemaShape.Column WeightColumn { get; }

    public TTransformer Fit(IDataView input) => Train(input, initial: null);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        CheckInput(inputSchema);
        var columns = inputSchema.ToDictionary(c => c.Name);
        foreach (SchemaShape.Column column in GetOutputColumns(inputSchema))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private protected TTransformer Train(IDataView input, TModel initial)
    {
        Contracts.CheckValue(input, nameof(input));
        CheckInput(SchemaShape.Create(input.Schema));
        return MakeTransformer(TrainModel(input, initial), input.Schema);
    }

    private protected abstract TModel TrainModel(IDataView input, TModel initial);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private protected abstract IEnumerable<SchemaShape.Column> GetOutputColumns(SchemaShape inputSchema);

    private void CheckInput(SchemaShape inputSchema)
    {
        CheckColumn(inputSchema, FeatureColumn, "feature", nameof(inputSchema));
        CheckColumn(inputSchema, WeightColumn, "weight", nameof(inputSchema));
        CheckColumn(inputSchema, LabelColumn, "label", "labelCol");
    }

    private static void CheckColumn(SchemaShape inputSchema, SchemaShape.Column wanted, string role, string paramName)
    {
        if (!wanted.IsValid)
            return;
        if (!inputSchema.TryFindColumn(wanted.Name, out SchemaShape.Column found))
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), role, wanted.Name);
        if (!wanted.IsCompatibleWith(found))
            throw Contracts.ExceptSchemaMismatch(paramName, role, wanted.Name, wanted.GetTypeString(), found.GetTypeString());
    }
}
