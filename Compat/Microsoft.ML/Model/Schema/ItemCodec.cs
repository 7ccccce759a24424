using Microsoft.ML.Runtime;

namespace Microsoft.ML;

internal static class ItemCodec
{
    public static IItemCodec<T> For<T>()
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (IItemCodec<T>)(object)new TextItemCodec();
        return typeof(T) == typeof(bool)
            ? (IItemCodec<T>)(object)new BooleanItemCodec()
            : GenericCall.Invoke<IItemCodec<T>>(CreateForNumbers<int>, typeof(T));
    }

    /// <summary>Demands that the stream still holds so many bytes, before anything is allocated for them.</summary>
    public static void CheckLeft(BinaryReader reader, long bytes) =>
        Contracts.CheckDecode(bytes >= 0 && bytes <= reader.BaseStream.Length - reader.BaseStream.Position);

    private static NumberItemCodec<T> CreateForNumbers<T>()
        where T : unmanaged => new();
}
