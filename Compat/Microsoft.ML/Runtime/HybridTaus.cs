namespace Microsoft.ML.Runtime;

/// <summary>
/// Three Tausworthe generators and a linear congruential one, xor-ed (Howes and Thomas, GPU Gems 3, chapter 37):
/// what ML.NET draws from, so that a seed splits data here as it does there.
/// </summary>
internal sealed class HybridTaus : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    public HybridTaus(uint seed)
    {
        _z1 = seed;
        _z2 = MurmurHash.Round(_z1, _z1);
        _z3 = MurmurHash.Round(_z2, _z1);
        _z4 = MurmurHash.Round(_z3, _z1);
    }

    /// <summary>Seeded by another generator's draws.</summary>
    public HybridTaus(Random random)
    {
        _z1 = DrawSeed(random);
        _z2 = DrawSeed(random);
        _z3 = DrawSeed(random);
        _z4 = Draw(random);
    }

    /// <summary>A number in [0, 1) of 23 bits.</summary>
    public override float NextSingle() => (NextUInt32() >> 9) * (1f / (1 << 23));

    /// <summary>A number in [0, 1) of 32 bits.</summary>
    public override double NextDouble() => NextUInt32() / (double)(1L << 32);

    public override int Next(int maxValue) => (int)(((ulong)NextUInt32() * (ulong)maxValue) >> 32);

    public override int Next(int minValue, int maxValue) => (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);

    private static uint Draw(Random random) => ((uint)random.Next(1 << 16) << 16) | (uint)random.Next(1 << 16);

    // Below 128 the Tausworthe generators lose bits that they need.
    private static uint DrawSeed(Random random)
    {
        uint seed;
        do
            seed = Draw(random);
        while (seed < 128);
        return seed;
    }

    private uint NextUInt32()
    {
        _z1 = Step(_z1, 13, 19, 12, 0xFFFFFFFE);
        _z2 = Step(_z2, 2, 25, 4, 0xFFFFFFF8);
        _z3 = Step(_z3, 3, 11, 17, 0xFFFFFFF0);
        _z4 = (1664525 * _z4) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }

    private static uint Step(uint z, int first, int second, int third, uint mask) =>
        ((z & mask) << third) ^ (((z << first) ^ z) >> second);
}
