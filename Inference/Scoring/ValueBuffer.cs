using Microsoft.ML;

namespace OnnxAE.Inference;

/// <summary>Keeps values that are no vectors.</summary>
internal sealed class ValueBuffer<T>(ValueGetter<T> source, int buffers) : ColumnBuffer
{
    private readonly T[][] _values = [.. Enumerable.Repeat(Array.Empty<T>(), buffers)];

    /// <summary>A kept value.</summary>
    public T this[int buffer, int row] => _values[buffer][row];

    public override void Reserve(int buffer, int rows)
    {
        if (_values[buffer].Length < rows)
            _values[buffer] = new T[rows];
    }

    public override void Read(int buffer, int row)
    {
        // A fresh value each time: a getter may reuse, or dispose, the object that it finds (an image), and a reader may have it still.
        T value = default!;
        source(ref value);
        _values[buffer][row] = value;
    }

    public override Delegate CreateGetter(Func<(int Buffer, int Row)> locate) => (ValueGetter<T>)((ref T value) =>
    {
        (int buffer, int row) = locate();
        value = _values[buffer][row];
    });
}
