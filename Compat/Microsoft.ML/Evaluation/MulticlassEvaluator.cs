using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Counts how the scores of a view agree with its labels. Rows without a label, or with scores that are not finite, do not count.</summary>
internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumn, string scoreColumn, string predictedLabelColumn, int topKPredictionCount)
    {
        DataViewSchema.Column label = Find(data.Schema, "Label", labelColumn);
        DataViewSchema.Column score = Find(data.Schema, "Score", scoreColumn);
        Find(data.Schema, "PredictedLabel", predictedLabelColumn);
        if (score.Type is not VectorDataViewType { Size: >= 2 } scoreType || scoreType.ItemType != NumberDataViewType.Single)
            throw Contracts.ExceptSchemaMismatch("schema", "score", score.Name, "vector of two or more items of type Single", score.Type.ToString());
        if (label.Type != NumberDataViewType.Single && label.Type.GetKeyCount() == 0)
            throw Contracts.ExceptSchemaMismatch("schema", "label", label.Name, "Single or Key", label.Type.ToString());

        var counters = new MulticlassCounters(scoreType.Size);
        using (DataViewRowCursor cursor = data.GetRowCursor([label, score]))
            Count(cursor, label, score, counters);
        return new MulticlassClassificationMetrics(counters, topKPredictionCount, GetClassNames(score, scoreType.Size));
    }

    private static void Count(DataViewRowCursor cursor, DataViewSchema.Column label, DataViewSchema.Column score, MulticlassCounters counters)
    {
        Func<float> getLabel = LabelReader.Create(cursor, label);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(score);
        VBuffer<float> row = default;
        VBuffer<float> dense = default;
        while (cursor.MoveNext())
        {
            float value = getLabel();
            if (!(value >= 0) || value != (int)value)
                continue;
            getScores(ref row);
            row.CopyToDense(ref dense);
            if (dense.GetValues().AreFinite())
                counters.Add((int)value, dense.GetValues());
        }
    }

    private static string[] GetClassNames(DataViewSchema.Column score, int classCount)
    {
        if (!score.HasSlotNames())
            return [.. Enumerable.Range(0, classCount).Select(c => FormattableString.Invariant($"{c}"))];
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name) =>
        schema.GetColumnOrNull(name) ?? throw Contracts.ExceptParam(nameof(schema), $"{role} column '{name}' not found");
}
