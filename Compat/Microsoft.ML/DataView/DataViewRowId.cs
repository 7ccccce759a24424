using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A row's 128-bit identity. Derived ids follow the block step of MurmurHash3 x64-128, as ML.NET's do.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public readonly ulong Low;

    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public DataViewRowId Next() => Mix(Low, High, 0, 0);

    // The first word of the block is 1 here, where Next has 0; and, unlike a real block, it is mixed in last.
    public DataViewRowId Fork()
    {
        DataViewRowId next = Next();
        return new DataViewRowId(next.Low ^ (BitOperations.RotateLeft(C1, 31) * C2), next.High);
    }

    public DataViewRowId Combine(DataViewRowId other)
    {
        DataViewRowId block = other.Fork();
        ulong first = BitOperations.RotateLeft(block.Low * C1, 31) * C2;
        ulong second = BitOperations.RotateLeft(block.High * C2, 33) * C1;
        return Mix(Low, High, first, second);
    }

    public int CompareTo(DataViewRowId other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    private static DataViewRowId Mix(ulong low, ulong high, ulong first, ulong second)
    {
        low = ((BitOperations.RotateLeft(low ^ first, 27) + high) * 5) + 0x52dce729;
        high = ((BitOperations.RotateLeft(high ^ second, 31) + low) * 5) + 0x38495ab5;
        return new DataViewRowId(low, high);
    }
}
