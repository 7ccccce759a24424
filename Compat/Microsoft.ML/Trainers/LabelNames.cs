using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The names of the classes, where a label column has a distinct one for each.</summary>
internal static class LabelNames
{
    public static string[] Find(DataViewSchema.Column label, int classCount)
    {
        var type = label.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type as VectorDataViewType;
        if (type is null || type.Size != classCount || type.ItemType is not TextDataViewType)
            return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        label.Annotations.GetValue(AnnotationUtils.Kinds.KeyValues, ref values);
        string[] names = [.. values.DenseValues().Select(name => name.ToString())];
        return names.All(name => name.Length > 0) && names.Distinct().Count() == names.Length ? names : null;
    }
}
