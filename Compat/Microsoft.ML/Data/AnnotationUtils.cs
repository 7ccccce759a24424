namespace Microsoft.ML.Data;

/// <summary>The annotations that ML.NET's components leave for one another.</summary>
internal static class AnnotationUtils
{
    /// <summary>A vector type for names, one a slot or key.</summary>
    public static VectorDataViewType GetNamesType(int size) => new(TextDataViewType.Instance, size);

    /// <summary>Adds the names of a vector's slots.</summary>
    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, int size, ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter) =>
        builder.Add(Kinds.SlotNames, GetNamesType(size), getter);

    /// <summary>Adds the values that a key column's keys stand for.</summary>
    public static void AddKeyValues<TValue>(
        this DataViewSchema.Annotations.Builder builder, int size, PrimitiveDataViewType valueType, ValueGetter<VBuffer<TValue>> getter) =>
        builder.Add(Kinds.KeyValues, new VectorDataViewType(valueType, size), getter);

    /// <summary>An annotation's value, whose type must be as asked.</summary>
    public static TValue GetValue<TValue>(this DataViewSchema.Annotations annotations, string kind)
    {
        TValue value = default;
        annotations.GetValue(kind, ref value);
        return value;
    }

    public static class Kinds
    {
        public const string SlotNames = "SlotNames";
        public const string KeyValues = "KeyValues";
        public const string ScoreColumnSetId = "ScoreColumnSetId";
        public const string ScoreColumnKind = "ScoreColumnKind";
        public const string ScoreValueKind = "ScoreValueKind";
        public const string IsNormalized = "IsNormalized";
        public const string IsUserVisible = "IsUserVisible";
        public const string TrainingLabelValues = "TrainingLabelValues";
    }
}
