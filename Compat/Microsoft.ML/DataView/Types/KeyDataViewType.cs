using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        Contracts.CheckParam(IsValidDataType(type), nameof(type), "Type is not valid, it must be Byte, UInt16, UInt32, or UInt64.");
        Contracts.CheckParam(count != 0 && count <= GetMaximum(type), nameof(count),
            $"The cardinality of a KeyDataViewType must not exceed {type.Name}.MaxValue and must be strictly positive, but got {count}.");
        Count = count;
    }

    public KeyDataViewType(Type type, int count)
        : this(type, (ulong)count)
    {
        Contracts.CheckParam(count > 0, nameof(count), "The cardinality of a KeyDataViewType must be strictly positive.");
    }

    public ulong Count { get; }

    internal static bool IsValidDataType(Type type) => GetMaximum(type) != 0;

    public override bool Equals(DataViewType other) =>
        other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong GetMaximum(Type type)
    {
        if (type == typeof(uint))
            return uint.MaxValue;
        if (type == typeof(ulong))
            return ulong.MaxValue;
        if (type == typeof(ushort))
            return ushort.MaxValue;
        return type == typeof(byte) ? byte.MaxValue : 0UL;
    }
}
