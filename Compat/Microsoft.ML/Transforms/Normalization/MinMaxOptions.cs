namespace Microsoft.ML.Transforms;

/// <summary>One column to normalize by its range.</summary>
internal sealed record MinMaxOptions(string OutputColumnName, string InputColumnName, long MaximumExampleCount, bool FixZero)
    : NormalizerOptions(OutputColumnName, InputColumnName, MaximumExampleCount)
{
    protected override NormalizerFunction Train<T>(int slotCount, bool isVector, Action<ISlotStatistics<T>> addRows)
    {
        var statistics = new MinMaxStatistics<T>(slotCount);
        addRows(statistics);
        var scale = new T[slotCount];
        var offset = new T[slotCount];
        for (int slot = 0; slot < slotCount; slot++)
        {
            T min = statistics.Min[slot];
            T max = statistics.Max[slot];
            // A slot that never changes tells nothing: it becomes zero.
            if (!(max > min))
                continue;
            scale[slot] = T.One / (FixZero ? T.Max(T.Abs(max), T.Abs(min)) : max - min);
            if (!FixZero && !T.IsZero(scale[slot]))
                offset[slot] = min;
        }
        return new AffineNormalizer<T>(scale, offset.All(T.IsZero) ? null : offset, isVector);
    }
}
