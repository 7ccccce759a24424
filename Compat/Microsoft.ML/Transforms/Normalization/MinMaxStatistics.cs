using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The range of every slot; NaN is passed over.</summary>
internal sealed class MinMaxStatistics<T> : ISlotStatistics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _min;
    private readonly T[] _max;
    private readonly long[] _counts;
    private long _rows;

    public MinMaxStatistics(int slotCount)
    {
        _min = new T[slotCount];
        _max = new T[slotCount];
        _counts = new long[slotCount];
        Array.Fill(_min, T.PositiveInfinity);
        Array.Fill(_max, T.NegativeInfinity);
    }

    public IReadOnlyList<T> Min => _min;

    public IReadOnlyList<T> Max => _max;

    public void AddRow() => _rows++;

    public void Add(int slot, T value)
    {
        _counts[slot]++;
        Include(slot, value);
    }

    public void Finish()
    {
        for (int slot = 0; slot < _min.Length; slot++)
        {
            if (_counts[slot] < _rows)
                Include(slot, T.Zero);
        }
    }

    private void Include(int slot, T value)
    {
        if (_max[slot] < value)
            _max[slot] = value;
        if (_min[slot] > value)
            _min[slot] = value;
    }
}
