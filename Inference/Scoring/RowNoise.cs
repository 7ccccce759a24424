using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Normally distributed numbers that depend on a seed and on a row's id alone: the row gets the same ones whatever was
/// read before it, in whatever batch, by whichever thread.
/// </summary>
/// <remarks>
/// Philox4x32-10, a generator without a state: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (2011); its numbers become normal ones by Box and Muller's transform.
/// </remarks>
internal static class RowNoise
{
    private const int Rounds = 10;
    private const int PerBlock = 4;

    /// <summary>Draws a row's numbers.</summary>
    public static void Fill(Span<float> values, int seed, DataViewRowId id)
    {
        Span<uint> block = stackalloc uint[PerBlock];
        for (int start = 0; start < values.Length; start += PerBlock)
        {
            block[0] = (uint)(start / PerBlock);
            block[1] = (uint)id.Low;
            block[2] = (uint)(id.Low >> 32);
            block[3] = (uint)id.High;
            Mix(block, (uint)seed, (uint)(id.High >> 32));
            for (int i = 0; i < PerBlock; i += 2)
            {
                double radius = Math.Sqrt(-2 * Math.Log(Uniform(block[i])));
                (double sin, double cos) = Math.SinCos(2 * Math.PI * Uniform(block[i + 1]));
                if (start + i < values.Length)
                {
                    values[start + i] = (float)(radius * cos);
                }

                if (start + i + 1 < values.Length)
                {
                    values[start + i + 1] = (float)(radius * sin);
                }
            }
        }
    }

    // In (0, 1): never 0, whose logarithm is none.
    private static double Uniform(uint bits) => (bits + 0.5) / (1L << 32);

    private static void Mix(Span<uint> counter, uint key0, uint key1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = 0xD2511F53UL * counter[0];
            ulong product1 = 0xCD9E8D57UL * counter[2];
            (counter[0], counter[1], counter[2], counter[3]) = (
                (uint)(product1 >> 32) ^ counter[1] ^ key0,
                (uint)product1,
                (uint)(product0 >> 32) ^ counter[3] ^ key1,
                (uint)product0);
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
    }
}
