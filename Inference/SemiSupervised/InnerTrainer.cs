using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>The trainer that a semi-supervised one is built around: what it is given, and what it predicts.</summary>
internal sealed class InnerTrainer<TTransformer>(IEstimator<TTransformer> inner, SemiSupervisedOptions options)
    where TTransformer : class, ITransformer
{
    private const string ParameterName = "inputSchema";

    /// <summary>The shape of what the trained transformer makes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        SchemaShape.Column label = Find(input, options.LabelColumnName) ?? throw SchemaErrors.Missing("label", options.LabelColumnName, ParameterName);
        Demand(label, "label", "Key<UInt32>", isMet: label.IsKey && label.ItemType == NumberDataViewType.UInt32 && label.Kind == SchemaShape.Column.VectorKind.Scalar);

        bool isWeightAdded = false;
        SchemaShape training = input;
        if (options.ExampleWeightColumnName is { } name)
        {
            if (Find(input, name) is { } weight)
            {
                Demand(weight, "weight", "Single",
                    isMet: !weight.IsKey && weight.ItemType == NumberDataViewType.Single && weight.Kind == SchemaShape.Column.VectorKind.Scalar);
            }
            else
            {
                isWeightAdded = true;
                training = new SchemaShape([.. input, SchemaShapes.OfSingle(name)]);
            }
        }

        SchemaShape output = inner.GetOutputSchema(training);
        if (Find(output, options.ScoreColumnName) is null)
            throw SchemaErrors.Missing("score", options.ScoreColumnName, ParameterName);
        return isWeightAdded ? new SchemaShape(output.Where(c => c.Name != options.ExampleWeightColumnName)) : output;
    }

    /// <summary>Demands a vector of numbers, whatever their type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void CheckFeatures(SchemaShape input, string name)
    {
        SchemaShape.Column features = Find(input, name) ?? throw SchemaErrors.Missing("feature", name, ParameterName);
        Demand(features, "feature", "Vector of numbers",
            isMet: !features.IsKey && features.ItemType is NumberDataViewType && features.Kind == SchemaShape.Column.VectorKind.Vector);
    }

    /// <summary>Fits the trainer to the rows that have labels.</summary>
    public TTransformer Fit(TrainingRows rows, TrainingLabels labels) => inner.Fit(new RelabeledView(rows, labels, options));

    /// <summary>What a fitted transformer makes of all rows.</summary>
    /// <returns>[rows, classes] probabilities; zeros for a row that has none.</returns>
    public float[] Predict(TTransformer transformer, TrainingRows rows)
        => ClassProbabilities.Read(transformer.Transform(rows.Input), options.ScoreColumnName, rows.Count, rows.ClassCount);

    private static SchemaShape.Column? Find(SchemaShape shape, string name)
    {
        foreach (SchemaShape.Column column in shape)
        {
            if (column.Name == name)
                return column;
        }

        return null;
    }

    private static void Demand(SchemaShape.Column column, string role, string expected, bool isMet)
    {
        if (!isMet)
            throw SchemaErrors.Mismatch(role, column.Name, expected, SchemaShapes.Describe(column), ParameterName);
    }
}
