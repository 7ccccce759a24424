using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>The values of one column in the rows that were read ahead: several buffers, one for each batch.</summary>
internal abstract class ColumnBuffer
{
    private static readonly MethodInfo CreateValuesMethod = Method(nameof(CreateValues));
    private static readonly MethodInfo CreateVectorsMethod = Method(nameof(CreateVectors));

    /// <summary>Makes room for rows; what was kept in the buffer is lost.</summary>
    public abstract void Reserve(int buffer, int rows);

    /// <summary>Keeps the value of the source's present row.</summary>
    public abstract void Read(int buffer, int row);

    /// <summary>A getter of the kept values.</summary>
    /// <param name="locate">Tells the buffer and the row that are present; throws where there is none.</param>
    public abstract Delegate CreateGetter(Func<(int Buffer, int Row)> locate);

    /// <summary>Buffers for a column of any type.</summary>
    public static ColumnBuffer Create(DataViewRow source, DataViewSchema.Column column, int buffers)
    {
        MethodInfo create = column.Type is VectorDataViewType vector
            ? CreateVectorsMethod.MakeGenericMethod(vector.ItemType.RawType)
            : CreateValuesMethod.MakeGenericMethod(column.Type.RawType);
        return create.CreateDelegate<Func<DataViewRow, DataViewSchema.Column, int, ColumnBuffer>>()(source, column, buffers);
    }

    private static ValueBuffer<T> CreateValues<T>(DataViewRow source, DataViewSchema.Column column, int buffers)
        => new(source.GetGetter<T>(column), buffers);

    private static VectorBuffer<T> CreateVectors<T>(DataViewRow source, DataViewSchema.Column column, int buffers)
        => new(source.GetGetter<VBuffer<T>>(column), buffers);

    private static MethodInfo Method(string name) => typeof(ColumnBuffer).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}

/// <summary>Keeps values that are no vectors.</summary>
internal sealed class ValueBuffer<T>(ValueGetter<T> source, int buffers) : ColumnBuffer
{
    private readonly T[][] _values = [.. Enumerable.Repeat(Array.Empty<T>(), buffers)];

    /// <summary>A kept value.</summary>
    public T this[int buffer, int row] => _values[buffer][row];

    public override void Reserve(int buffer, int rows)
    {
        if (_values[buffer].Length < rows)
        {
            _values[buffer] = new T[rows];
        }
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

/// <summary>Keeps vectors, in memory that is used again for the next rows.</summary>
internal sealed class VectorBuffer<T>(ValueGetter<VBuffer<T>> source, int buffers) : ColumnBuffer
{
    private readonly VBuffer<T>[][] _values = [.. Enumerable.Repeat(Array.Empty<VBuffer<T>>(), buffers)];

    /// <summary>A kept vector.</summary>
    public ref readonly VBuffer<T> this[int buffer, int row] => ref _values[buffer][row];

    public override void Reserve(int buffer, int rows)
    {
        if (_values[buffer].Length < rows)
        {
            Array.Resize(ref _values[buffer], rows);
        }
    }

    public override void Read(int buffer, int row) => source(ref _values[buffer][row]);

    public override Delegate CreateGetter(Func<(int Buffer, int Row)> locate) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
    {
        (int buffer, int row) = locate();
        _values[buffer][row].CopyTo(ref value);
    });
}
