using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>What the keys of one column stand for.</summary>
internal abstract class KeyValues(DataViewType type)
{
    /// <summary>The type of the values, a vector where the keys are one.</summary>
    public DataViewType Type { get; } = type;

    /// <summary>A ValueGetter of <see cref="Type"/>.</summary>
    public abstract Delegate GetGetter(DataViewRow input, DataViewSchema.Column column);

    public static KeyValues Create(DataViewSchema.Column column)
    {
        var valuesType = column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type as VectorDataViewType;
        Contracts.Check(valuesType is not null, "Metadata KeyValues does not exist");
        DataViewType key = column.Type.GetItemType();
        Contracts.Check((ulong)valuesType.Size == key.GetKeyCount(), "KeyValues metadata size does not match column type key count");
        if (key.RawType != typeof(uint))
            throw new NotSupportedException($"Column '{column.Name}' has keys of type {key}; only keys of UInt32 can be mapped to values here.");
        DataViewType type = column.Type is VectorDataViewType vector ? new VectorDataViewType(valuesType.ItemType, vector.Dimensions) : valuesType.ItemType;
        return GenericCall.Invoke<KeyValues>(Create<int>, valuesType.ItemType.RawType, column, type);
    }

    private static KeyValues<T> Create<T>(DataViewSchema.Column column, DataViewType type) =>
        new(type, [.. column.Annotations.GetValue<VBuffer<T>>(AnnotationUtils.Kinds.KeyValues).DenseValues()]);
}
