using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Training;

/// <summary>
/// Trains a classifier with one hidden layer in TorchSharp, on rows that are copied into memory once, 4 bytes a feature. What
/// it returns is applied through ONNX Runtime and saved as stock ML.NET.
/// </summary>
public sealed class MultilayerPerceptronEstimator : IEstimator<ClassifierHeadTransformer>
{
    private const string ParameterName = "inputSchema";

    private readonly MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog;
    private readonly MultilayerPerceptronOptions options;

    internal MultilayerPerceptronEstimator(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MultilayerPerceptronOptions options)
    {
        options.Check();
        this.catalog = catalog;
        this.options = options;
    }

    /// <summary>Trains on the rows that have a label and a weight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type, or the label has a single class.</exception>
    /// <exception cref="InvalidOperationException">No row can be learned from.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    public ClassifierHeadTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema)); // a mismatch shows before a row is read
        DataViewSchema.Column label = input.Schema[options.LabelColumnName];
        if (label.Type is not KeyDataViewType { Count: > 1 and <= int.MaxValue })
        {
            throw SchemaErrors.Mismatch("label", label.Name, "a key of at least two classes", label.Type.ToString()!, nameof(input));
        }

        ClassifierHead head = MultilayerPerceptronTraining.Run(ExampleRows.Read(input, options), options);
        return head.CreateTransformer(label, options.FeatureColumnName, options.LogitsColumnName);
    }

    /// <summary>The columns that the transformer will make, behind those that it gets: the logits, PredictedLabel and Score.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Demand(inputSchema, "feature", options.FeatureColumnName, "Vector<Single>", SchemaShape.Column.VectorKind.Vector, isKey: false);
        Demand(inputSchema, "label", options.LabelColumnName, "Key<UInt32>", SchemaShape.Column.VectorKind.Scalar, isKey: true);
        if (options.ExampleWeightColumnName is { } weight)
        {
            Demand(inputSchema, "weight", weight, "Single", SchemaShape.Column.VectorKind.Scalar, isKey: false);
        }

        var shape = new SchemaShape([.. inputSchema.Where(c => c.Name != options.LogitsColumnName), SchemaShapes.OfVector(options.LogitsColumnName)]);
        return catalog.LbfgsMaximumEntropy(options.LabelColumnName, options.LogitsColumnName).GetOutputSchema(shape);
    }

    private static void Demand(SchemaShape shape, string role, string name, string expected, SchemaShape.Column.VectorKind kind, bool isKey)
    {
        foreach (SchemaShape.Column column in shape.Where(c => c.Name == name))
        {
            DataViewType item = isKey ? NumberDataViewType.UInt32 : NumberDataViewType.Single;
            if (column.IsKey != isKey || column.ItemType != item || column.Kind != kind)
            {
                throw SchemaErrors.Mismatch(role, name, expected, SchemaShapes.Describe(column), ParameterName);
            }

            return;
        }

        throw SchemaErrors.Missing(role, name, ParameterName);
    }
}
