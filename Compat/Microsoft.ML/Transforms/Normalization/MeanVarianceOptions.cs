using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>One column to normalize by mean and variance.</summary>
internal sealed record MeanVarianceOptions(string OutputColumnName, string InputColumnName, long MaximumExampleCount, bool FixZero, bool UseCdf)
    : NormalizerOptions(OutputColumnName, InputColumnName, MaximumExampleCount)
{
    protected override NormalizerFunction Train<T>(int slotCount, bool isVector, Action<ISlotStatistics<T>> addRows)
    {
        var statistics = new MeanVarianceStatistics<T>(slotCount);
        addRows(statistics);
        return UseCdf ? CreateCdf(statistics, slotCount, isVector) : CreateAffine(statistics, slotCount, isVector);
    }

    private AffineNormalizer<T> CreateAffine<T>(MeanVarianceStatistics<T> statistics, int slotCount, bool isVector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scale = new T[slotCount];
        var offset = new T[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            // A slot that never changes tells nothing: it becomes zero.
            if (statistics.SquaredDistances[slot] == 0)
                continue;
            double mean = statistics.Mean[slot];
            double variance = statistics.Variance(slot);
            scale[slot] = T.One / T.CreateChecked(Math.Sqrt(FixZero ? variance + mean * mean : variance));
            if (!FixZero && !T.IsZero(scale[slot]))
                offset[slot] = T.CreateChecked(mean);
        }
        return new AffineNormalizer<T>(scale, offset.All(T.IsZero) ? null : offset, isVector);
    }

    private static CdfNormalizer<T> CreateCdf<T>(MeanVarianceStatistics<T> statistics, int slotCount, bool isVector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var mean = new T[slotCount];
        var deviation = new T[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            if (statistics.SquaredDistances[slot] == 0 || statistics.Counts[slot] == 0)
                continue;
            mean[slot] = T.CreateChecked(statistics.Mean[slot]);
            deviation[slot] = T.CreateChecked(Math.Sqrt(statistics.Variance(slot)));
        }
        return new CdfNormalizer<T>(mean, deviation, useLog: false, isVector);
    }
}
