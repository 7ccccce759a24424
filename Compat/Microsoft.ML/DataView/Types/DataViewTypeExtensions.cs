namespace Microsoft.ML.Data;

/// <summary>Questions about column types that the code below the public surface asks again and again.</summary>
internal static class DataViewTypeExtensions
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> Primitives = new PrimitiveDataViewType[]
    {
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        RowIdDataViewType.Instance,
    }.ToDictionary(t => t.RawType);

    /// <summary>The item type of a vector, any other type itself.</summary>
    public static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The number of values: a vector's size (0 if it varies), 1 for a scalar.</summary>
    public static int GetValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>The cardinality of a key type, 0 for any other.</summary>
    public static ulong GetKeyCount(this DataViewType type) => type is KeyDataViewType key ? key.Count : 0;

    /// <summary>Whether the type is a vector of known size.</summary>
    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };

    /// <summary>The type that stands for a .NET type (string counts as text), or null where there is none.</summary>
    public static PrimitiveDataViewType PrimitiveTypeOrNull(Type type) =>
        Primitives.GetValueOrDefault(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type);
}
