using System.Runtime.InteropServices;

namespace Microsoft.ML;

/// <summary>Numbers (and row ids) one after the other, little-endian.</summary>
internal sealed unsafe class NumberItemCodec<T> : IItemCodec<T>
    where T : unmanaged
{
    public void Write(BinaryWriter writer, ReadOnlySpan<T> items) => writer.Write(MemoryMarshal.AsBytes(items));

    public T[] Read(BinaryReader reader, int count)
    {
        ItemCodec.CheckLeft(reader, (long)count * sizeof(T));
        var items = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }
}
