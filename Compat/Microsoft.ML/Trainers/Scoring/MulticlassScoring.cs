using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns that a multiclass model adds, and what their annotations say of them.</summary>
internal static class MulticlassScoring
{
    public const string Score = "Score";
    public const string PredictedLabel = "PredictedLabel";

    private const string Kind = "MulticlassClassification";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    public static DataViewSchema.DetachedColumn[] CreateColumns(
        DataViewSchema inputSchema, DataViewSchema.Column? trainLabel, int classCount, string scoreColumn, string predictedLabelColumn)
    {
        uint setId = GetNextSetId(inputSchema);
        VectorDataViewType keyValues = GetKeyValuesType(trainLabel, classCount);

        var predicted = new DataViewSchema.Annotations.Builder();
        AddText(predicted, AnnotationUtils.Kinds.ScoreColumnKind, Kind);
        AddText(predicted, AnnotationUtils.Kinds.ScoreValueKind, PredictedLabel);
        AddKeyValues(predicted, AnnotationUtils.Kinds.KeyValues, keyValues, trainLabel);
        predicted.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnSetId, SetIdType, setId);

        var score = new DataViewSchema.Annotations.Builder();
        AddText(score, AnnotationUtils.Kinds.ScoreColumnKind, Kind);
        score.AddPrimitiveValue(AnnotationUtils.Kinds.ScoreColumnSetId, SetIdType, setId);
        AddText(score, AnnotationUtils.Kinds.ScoreValueKind, Score);
        AddKeyValues(score, AnnotationUtils.Kinds.TrainingLabelValues, keyValues, trainLabel);
        if (keyValues?.ItemType is TextDataViewType)
            AddKeyValues(score, AnnotationUtils.Kinds.SlotNames, keyValues, trainLabel);

        return
        [
            new(predictedLabelColumn, new KeyDataViewType(typeof(uint), classCount), predicted.ToAnnotations()),
            new(scoreColumn, new VectorDataViewType(NumberDataViewType.Single, classCount), score.ToAnnotations()),
        ];
    }

    public static IEnumerable<SchemaShape.Column> GetOutputColumns(SchemaShape.Column label)
    {
        SchemaShape.Column[] common =
        [
            new(AnnotationUtils.Kinds.ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true),
            new(AnnotationUtils.Kinds.ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
            new(AnnotationUtils.Kinds.ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, false),
        ];
        var score = new List<SchemaShape.Column>();
        var predicted = new List<SchemaShape.Column>();
        if (label.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column keyValues))
        {
            predicted.Add(keyValues);
            if (keyValues.Kind == SchemaShape.Column.VectorKind.Vector)
            {
                if (keyValues.ItemType is TextDataViewType)
                    score.Add(new(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
                score.Add(new(AnnotationUtils.Kinds.TrainingLabelValues, SchemaShape.Column.VectorKind.Vector, keyValues.ItemType, false));
            }
        }
        return
        [
            new(Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape([.. score, .. common])),
            new(PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, new SchemaShape([.. predicted, .. common])),
        ];
    }

    private static VectorDataViewType GetKeyValuesType(DataViewSchema.Column? label, int classCount) =>
        label?.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type is VectorDataViewType type && type.Size == classCount ? type : null;

    private static void AddText(DataViewSchema.Annotations.Builder builder, string name, string value) =>
        builder.AddPrimitiveValue(name, TextDataViewType.Instance, value.AsMemory());

    private static void AddKeyValues(DataViewSchema.Annotations.Builder builder, string name, VectorDataViewType type, DataViewSchema.Column? label)
    {
        if (type is null)
            return;
        DataViewSchema.Annotations source = label.Value.Annotations;
        builder.Add(name, type, GenericCall.Invoke<Delegate>(source.GetGetter<int>, type.RawType, source.Schema[AnnotationUtils.Kinds.KeyValues]));
    }

    /// <summary>Score columns that belong together share a number, one more than any before them.</summary>
    private static uint GetNextSetId(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.ScoreColumnSetId)?.Type is not KeyDataViewType type || type.RawType != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationUtils.Kinds.ScoreColumnSetId, ref id);
            last = Math.Max(last, id);
        }
        return last + 1;
    }
}
