using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference.Transforms;

/// <summary>Keeps vectors, in memory that is used again for the next rows.</summary>
internal sealed class VectorBuffer<T>(ValueGetter<VBuffer<T>> source, int capacity) : ColumnBuffer
{
    private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

    /// <summary>The vector in a slot.</summary>
    public ref readonly VBuffer<T> this[int slot] => ref _values[slot];

    public override void Read(int slot) => source(ref _values[slot]);

    public override Delegate CreateGetter(Func<int> slot)
        => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[slot()].CopyTo(ref value));
}
