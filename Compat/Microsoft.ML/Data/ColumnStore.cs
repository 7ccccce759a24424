using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Values of one column, kept by slot: what caching and shuffling hold rows in.</summary>
internal abstract class ColumnStore
{
    public static ColumnStore Create(DataViewType type) => GenericCall.Invoke<ColumnStore>(CreateCore<int>, type.RawType);

    /// <summary>What copies the column's value in the row's present position into a slot.</summary>
    public abstract Action<int> CreateLoader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A ValueGetter that reads the slot that <paramref name="slot"/> names at the time.</summary>
    public abstract Delegate CreateGetter(Func<int> slot);

    private static ColumnStore CreateCore<T>()
    {
        Type type = typeof(T);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? GenericCall.Invoke<ColumnStore>(CreateForVectors<int>, type.GetGenericArguments()[0])
            : new Store<T>((in T value, ref T destination) => destination = value);
    }

    private static Store<VBuffer<T>> CreateForVectors<T>() => new((in VBuffer<T> value, ref VBuffer<T> destination) => value.CopyTo(ref destination));

    private delegate void Copy<T>(in T value, ref T destination);

    private sealed class Store<T>(Copy<T> copy) : ColumnStore
    {
        private T[] _values = [];

        public override Action<int> CreateLoader(DataViewRow row, DataViewSchema.Column column)
        {
            ValueGetter<T> getter = row.GetGetter<T>(column);
            return slot =>
            {
                if (slot >= _values.Length)
                    Array.Resize(ref _values, Math.Max(16, 2 * slot));
                getter(ref _values[slot]);
            };
        }

        // A reader gets a copy: what it does to its buffer must not change what is kept.
        public override Delegate CreateGetter(Func<int> slot) =>
            (ValueGetter<T>)((ref T destination) => copy(in _values[slot()], ref destination));
    }
}
