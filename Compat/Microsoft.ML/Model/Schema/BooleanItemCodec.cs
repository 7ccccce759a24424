namespace Microsoft.ML;

/// <summary>Eight booleans a byte, the first in the lowest bit.</summary>
internal sealed class BooleanItemCodec : IItemCodec<bool>
{
    public void Write(BinaryWriter writer, ReadOnlySpan<bool> items)
    {
        var bytes = new byte[(items.Length + 7) / 8];
        for (int i = 0; i < items.Length; i++)
            bytes[i / 8] |= (byte)(items[i] ? 1 << (i % 8) : 0);
        writer.Write(bytes);
    }

    public bool[] Read(BinaryReader reader, int count)
    {
        int length = (int)(((long)count + 7) / 8);
        ItemCodec.CheckLeft(reader, length);
        byte[] bytes = reader.ReadBytes(length);
        var items = new bool[count];
        for (int i = 0; i < count; i++)
            items[i] = (bytes[i / 8] >> (i % 8) & 1) != 0;
        return items;
    }
}
