using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Mean and variance of every slot in one pass (Welford); zeros are counted at the end, values that are not finite never.</summary>
internal sealed class MeanVarianceStatistics<T>(int slotCount) : ISlotStatistics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _mean = new double[slotCount];
    private readonly double[] _squares = new double[slotCount];
    private readonly long[] _counts = new long[slotCount];
    private readonly long[] _bad = new long[slotCount];
    private long _rows;

    public IReadOnlyList<double> Mean => _mean;

    /// <summary>The sums of squared distances from the mean.</summary>
    public IReadOnlyList<double> SquaredDistances => _squares;

    public IReadOnlyList<long> Counts => _counts;

    public double Variance(int slot) => _squares[slot] / _counts[slot];

    public void AddRow() => _rows++;

    public void Add(int slot, T value)
    {
        if (T.IsZero(value))
            return;
        if (!T.IsFinite(value))
        {
            _bad[slot]++;
            return;
        }
        double x = double.CreateChecked(value);
        double delta = x - _mean[slot];
        _mean[slot] += delta / ++_counts[slot];
        _squares[slot] += delta * (x - _mean[slot]);
    }

    public void Finish()
    {
        for (int slot = 0; slot < _mean.Length; slot++)
        {
            long zeros = _rows - _bad[slot] - _counts[slot];
            if (zeros == 0)
                continue;
            _counts[slot] += zeros;
            double delta = -_mean[slot];
            _mean[slot] += delta * zeros / _counts[slot];
            _squares[slot] += delta * -_mean[slot] * zeros;
        }
    }
}
