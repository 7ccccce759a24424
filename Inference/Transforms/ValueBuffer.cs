using Microsoft.ML;

namespace OnnxAE.Inference.Transforms;

/// <summary>Keeps values that are no vectors.</summary>
internal sealed class ValueBuffer<T>(ValueGetter<T> source, int capacity) : ColumnBuffer
{
    private readonly T[] _values = new T[capacity];

    /// <summary>The value in a slot.</summary>
    public T this[int slot] => _values[slot];

    public override void Read(int slot)
    {
        // A fresh value each time: a getter may reuse, or dispose, the object that it finds (an image), and a reader may have it still.
        T value = default!;
        source(ref value);
        _values[slot] = value;
    }

    public override Delegate CreateGetter(Func<int> slot) => (ValueGetter<T>)((ref T value) => value = _values[slot()]);
}
