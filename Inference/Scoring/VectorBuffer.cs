using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Keeps vectors, in memory that is used again for the next rows.</summary>
internal sealed class VectorBuffer<T>(ValueGetter<VBuffer<T>> source, int buffers) : ColumnBuffer
{
    private readonly VBuffer<T>[][] _values = [.. Enumerable.Repeat(Array.Empty<VBuffer<T>>(), buffers)];

    /// <summary>A kept vector.</summary>
    public ref readonly VBuffer<T> this[int buffer, int row] => ref _values[buffer][row];

    public override void Reserve(int buffer, int rows)
    {
        if (_values[buffer].Length < rows)
            Array.Resize(ref _values[buffer], rows);
    }

    public override void Read(int buffer, int row) => source(ref _values[buffer][row]);

    public override Delegate CreateGetter(Func<(int Buffer, int Row)> locate) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
    {
        (int buffer, int row) = locate();
        _values[buffer][row].CopyTo(ref value);
    });
}
