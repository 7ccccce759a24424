using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A vector, dense (all values stored) or sparse (ascending indices beside the values stored, the rest default).
/// Its arrays may be longer than what they hold: they are reused from row to row.
/// </summary>
public readonly partial struct VBuffer<T> : IEnumerable
{
    public readonly int Length;

    private readonly T[] _values;
    private readonly int[] _indices;
    private readonly int _count;

    public VBuffer(int length, T[] values, int[] indices = null)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam((values?.Length ?? 0) >= length, nameof(values));
        Length = length;
        _count = length;
        _values = values;
        _indices = indices;
    }

    public VBuffer(int length, int count, T[] values, int[] indices)
    {
        Contracts.CheckParam(length >= 0, nameof(length));
        Contracts.CheckParam(count >= 0 && count <= length, nameof(count));
        Contracts.CheckParam((values?.Length ?? 0) >= count, nameof(values));
        Contracts.CheckParam(count == length || (indices?.Length ?? 0) >= count, nameof(indices));
        Length = length;
        _count = count;
        _values = values;
        _indices = indices;
    }

    public bool IsDense => _count == Length;

    public ReadOnlySpan<T> GetValues() => _values.AsSpan(0, _count);

    internal ReadOnlySpan<int> GetIndices() => IsDense ? default : _indices.AsSpan(0, _count);

    public T GetItemOrDefault(int index)
    {
        Contracts.CheckParam(index >= 0 && index < Length, nameof(index));
        if (IsDense)
            return _values[index];
        int found = GetIndices().BinarySearch(index);
        return found >= 0 ? _values[found] : default;
    }

    public IEnumerable<T> DenseValues() => Items(all: true).Select(item => item.Value);

    public IEnumerable<KeyValuePair<int, T>> Items(bool all = false) => Items(_values, _indices, _count, Length, all);

    // The raw values, as ML.NET has it: also what lies beyond the count.
    public IEnumerator GetEnumerator() => _values.GetEnumerator();

    public override string ToString() =>
        IsDense ? $"Dense vector of size {Length}" : $"Sparse vector of size {Length}, {_count} explicit values";

    internal VBufferEditor<T> GetEditor(
        int newLogicalLength,
        int? valuesCount,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        Contracts.CheckParam(newLogicalLength >= 0, nameof(newLogicalLength), "Must be non-negative.");
        Contracts.CheckParam(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        Contracts.CheckParam(valuesCount is null || valuesCount <= newLogicalLength, nameof(valuesCount),
            "If specified, must be no greater than newLogicalLength");

        int count = valuesCount ?? newLogicalLength;
        int capacity = maxValuesCapacity ?? Array.MaxLength;
        T[] values = _values;
        int[] indices = _indices;
        bool newValues = Reserve(ref values, count, capacity, keepOldOnResize);
        bool exposeIndices = count < newLogicalLength || requireIndicesOnDense;
        bool newIndices = exposeIndices && Reserve(ref indices, count, capacity, keepOldOnResize);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, exposeIndices, newValues, newIndices);
    }

    // Grows by doubling, but never beyond the capacity that the caller says it can need.
    private static bool Reserve<TItem>(ref TItem[] array, int size, int capacity, bool keepOld)
    {
        Contracts.CheckParam(size <= capacity, nameof(size), "Cannot resize the array beyond its maximum capacity.");
        if ((array?.Length ?? 0) >= size)
            return false;
        var larger = new TItem[Math.Max(size, (int)Math.Min(capacity, 2L * (array?.Length ?? 0)))];
        if (keepOld)
            array?.CopyTo(larger, 0);
        array = larger;
        return true;
    }

    private static IEnumerable<KeyValuePair<int, T>> Items(T[] values, int[] indices, int count, int length, bool all)
    {
        bool dense = count == length;
        int slot = 0;
        for (int i = 0; i < count; i++)
        {
            int index = dense ? i : indices[i];
            for (; all && slot < index; slot++)
                yield return KeyValuePair.Create(slot, default(T));
            yield return KeyValuePair.Create(index, values[i]);
            slot = index + 1;
        }
        for (; all && slot < length; slot++)
            yield return KeyValuePair.Create(slot, default(T));
    }
}
