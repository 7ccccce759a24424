using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

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
                    throw WrongRows(rowCount, "more");
                getScores(ref buffer);
                buffer.CopyTo(scores.AsSpan(count * classCount, classCount));
            }
        }

        if (count < rowCount)
            throw WrongRows(rowCount, $"{count}");
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
                row.Clear(); // no probability: a softmax of zeros would make them all alike
            else if (isSoftmaxNeeded)
                TensorPrimitives.SoftMax<float>(row, row);
        }
    }

    private static bool IsFinite(ReadOnlySpan<float> row) => float.IsFinite(TensorPrimitives.SumOfMagnitudes(row));

    private static InvalidOperationException WrongRows(int expected, string found)
        => new($"The inner trainer's transformer makes {found} rows of {expected}: it must keep all rows and add none.");
}
