using System.Numerics.Tensors;
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
        SchemaShape.Column label = SchemaShapes.Find(input, options.LabelColumnName) ?? throw SchemaErrors.Missing("label", options.LabelColumnName, ParameterName);
        Demand(label, "label", "Key<UInt32>", isMet: label.IsKey && label.ItemType == NumberDataViewType.UInt32 && label.Kind == SchemaShape.Column.VectorKind.Scalar);

        bool isWeightAdded = false;
        SchemaShape training = input;
        if (options.ExampleWeightColumnName is { } name)
        {
            if (SchemaShapes.Find(input, name) is { } weight)
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
        if (SchemaShapes.Find(output, options.ScoreColumnName) is null)
        {
            throw SchemaErrors.Missing("score", options.ScoreColumnName, ParameterName);
        }

        return isWeightAdded ? new SchemaShape(output.Where(c => c.Name != options.ExampleWeightColumnName)) : output;
    }

    /// <summary>Demands a vector of numbers, whatever their type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void CheckFeatures(SchemaShape input, string name)
    {
        SchemaShape.Column features = SchemaShapes.Find(input, name) ?? throw SchemaErrors.Missing("feature", name, ParameterName);
        Demand(features, "feature", "Vector of numbers",
            isMet: !features.IsKey && features.ItemType is NumberDataViewType && features.Kind == SchemaShape.Column.VectorKind.Vector);
    }

    /// <summary>Fits the trainer to the rows that have labels.</summary>
    public TTransformer Fit(TrainingRows rows, TrainingLabels labels) => inner.Fit(new RelabeledView(rows, labels, options));

    /// <summary>What a fitted transformer makes of all rows.</summary>
    /// <returns>[rows, classes] probabilities; zeros for a row that has none.</returns>
    public float[] Predict(TTransformer transformer, TrainingRows rows)
        => ClassProbabilities.Read(transformer.Transform(rows.Input), options.ScoreColumnName, rows.Count, rows.ClassCount);

    private static void Demand(SchemaShape.Column column, string role, string expected, bool isMet)
    {
        if (!isMet)
        {
            throw SchemaErrors.Mismatch(role, column.Name, expected, SchemaShapes.Describe(column), ParameterName);
        }
    }
}

/// <summary>Reads class scores as probabilities.</summary>
internal static class ClassProbabilities
{
    private const float SumTolerance = 1e-3f; // probabilities are rounded to single precision

    /// <summary>Reads a score column; scores that are no probabilities in some row go through a softmax in every row.</summary>
    /// <returns>[rows, classes]; zeros for a row with a score that is not finite.</returns>
    /// <exception cref="InvalidOperationException">The column has another length, or the view other rows than were given.</exception>
    public static float[] Read(IDataView scored, string scoreColumnName, int rowCount, int classCount)
    {
        DataViewSchema.Column column = scored.Schema[scoreColumnName];
        if (column.Type is not VectorDataViewType { ItemType: var item, Size: var size } || item != NumberDataViewType.Single || size != classCount)
        {
            throw new InvalidOperationException(
                $"The inner trainer's column '{scoreColumnName}' is {column.Type}, not one score for each of the {classCount} classes: Vector<Single, {classCount}>.");
        }

        float[] scores = new float[rowCount * classCount];
        int count = 0;
        using (DataViewRowCursor cursor = scored.GetRowCursor([column]))
        {
            ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(column);
            VBuffer<float> buffer = default;
            for (; cursor.MoveNext(); count++)
            {
                if (count == rowCount)
                {
                    throw WrongRows(rowCount, "more");
                }

                getScores(ref buffer);
                buffer.CopyTo(scores.AsSpan(count * classCount, classCount));
            }
        }

        if (count < rowCount)
        {
            throw WrongRows(rowCount, $"{count}");
        }

        ToProbabilities(scores, classCount);
        return scores;
    }

    private static void ToProbabilities(float[] scores, int classCount)
    {
        bool isSoftmaxNeeded = false;
        for (int start = 0; start < scores.Length; start += classCount)
        {
            Span<float> row = scores.AsSpan(start, classCount);
            isSoftmaxNeeded |= IsFinite(row) && (TensorPrimitives.Min<float>(row) < 0 || Math.Abs(TensorPrimitives.Sum<float>(row) - 1) > SumTolerance);
        }

        for (int start = 0; start < scores.Length; start += classCount)
        {
            Span<float> row = scores.AsSpan(start, classCount);
            if (!IsFinite(row))
            {
                row.Clear(); // no probability: a softmax of zeros would make them all alike
            }
            else if (isSoftmaxNeeded)
            {
                TensorPrimitives.SoftMax<float>(row, row);
            }
        }
    }

    private static bool IsFinite(ReadOnlySpan<float> row) => float.IsFinite(TensorPrimitives.SumOfMagnitudes(row));

    private static InvalidOperationException WrongRows(int expected, string found)
        => new($"The inner trainer's transformer makes {found} rows of {expected}: it must keep all rows and add none.");
}
