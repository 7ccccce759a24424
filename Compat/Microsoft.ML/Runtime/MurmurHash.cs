using System.Numerics;

namespace Microsoft.ML.Runtime;

/// <summary>Appleby's MurmurHash3 of 32 bits as ML.NET has it, so that rows fall on the same side of a split here as there.</summary>
internal static class MurmurHash
{
    public static uint Round(uint hash, uint block) => (BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5) + 0xE6546B64;

    public static uint Finish(uint hash, int byteCount)
    {
        hash ^= (uint)byteCount;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    public static uint OfNumber(uint seed, uint value) => Finish(Round(seed, value), sizeof(uint));

    public static uint OfNumber(uint seed, ulong value) => Finish(Round(Round(seed, (uint)value), (uint)(value >> 32)), sizeof(ulong));

    /// <summary>Hashes UTF-8 bytes of the text's UTF-16 units, the order of bytes past ASCII being the original's own.</summary>
    public static uint OfText(uint seed, ReadOnlySpan<char> text)
    {
        uint hash = seed;
        ulong pending = 0;
        int bits = 0;
        int byteCount = 0;
        foreach (uint unit in text)
        {
            if (unit <= 0x7F)
            {
                pending |= (ulong)unit << bits;
                bits += 8;
            }
            else if (unit <= 0x7FF)
            {
                pending |= (ulong)(0xC080 | ((unit << 2) & 0x1F00) | (unit & 0x3F)) << bits;
                pending = ((pending & 0xFF) << 8) | (pending >> 8);
                bits += 16;
            }
            else
            {
                pending |= (ulong)(0xE08080 | ((unit << 4) & 0x0F0000) | ((unit << 2) & 0x3F00) | (unit & 0x3F)) << bits;
                pending = ((pending & 0xFF) << 16) | (((pending >> 8) & 0xFF) << 8) | (pending >> 16);
                bits += 24;
            }
            if (bits < 32)
                continue;
            hash = Round(hash, (uint)pending);
            pending >>= 32;
            bits -= 32;
            byteCount += sizeof(uint);
        }

        byteCount += bits / 8;
        int rest = byteCount % sizeof(uint);
        if (rest > 0)
            hash ^= Scramble((uint)pending & ((1u << (8 * rest)) - 1));
        return Finish(hash, byteCount);
    }

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
}
