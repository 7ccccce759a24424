using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The number of texts, the end of each in characters, and all of them as one string.</summary>
internal sealed class TextItemCodec : IItemCodec<ReadOnlyMemory<char>>
{
    private const int PositionMask = int.MaxValue; // the sign marks a missing value, read as empty

    public void Write(BinaryWriter writer, ReadOnlySpan<ReadOnlyMemory<char>> items)
    {
        writer.Write(items.Length);
        var all = new System.Text.StringBuilder();
        foreach (ReadOnlyMemory<char> item in items)
            writer.Write(all.Append(item).Length);
        writer.Write(all.ToString());
    }

    public ReadOnlyMemory<char>[] Read(BinaryReader reader, int count)
    {
        Contracts.CheckDecode(reader.ReadInt32() == count);
        int[] ends = new NumberItemCodec<int>().Read(reader, count);
        ReadOnlyMemory<char> all = reader.ReadString().AsMemory();
        var items = new ReadOnlyMemory<char>[count];
        int start = 0;
        for (int i = 0; i < count; i++)
        {
            int end = ends[i] & PositionMask;
            Contracts.CheckDecode(end >= start && end <= all.Length);
            items[i] = ends[i] < 0 ? default : all[start..end];
            start = end;
        }
        Contracts.CheckDecode(start == all.Length);
        return items;
    }
}
