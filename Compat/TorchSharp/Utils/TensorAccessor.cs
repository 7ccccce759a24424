using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in main memory, in row-major order whatever the strides are.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        tensor.RequireMainMemory();
        _tensor = tensor;
        _data = (T*)tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    internal long Count { get; }

    internal T this[params long[] indices]
    {
        get => *Address(indices);
        set => *Address(indices) = value;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    internal void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    internal void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array = array[arrayIndex..];
        int count = (int)Math.Min(array.Length, Count - tensorIndex);
        Require();
        if (_contiguous)
        {
            new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(array);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                array[i] = _data[Offset(tensorIndex + i)];
            }
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The tensor belongs to its own owner.</summary>
    public void Dispose() { }

    private T* Address(long[] indices)
    {
        Require();
        if (indices.Length == 1)
        {
            if (indices[0] < 0 || indices[0] >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"{indices[0]} in a collection of {Count} elements.");
            }

            return _data + Offset(indices[0]);
        }

        long offset = 0;
        for (int i = 0; i < _shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {_shape[i]} in dimension {i}.");
            }

            offset += indices[i] * _strides[i];
        }

        return _data + offset;
    }

    private long Offset(long index)
    {
        if (_contiguous)
        {
            return index;
        }

        long offset = 0;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            (index, long position) = Math.DivRem(index, _shape[i]);
            offset += position * _strides[i];
        }

        return offset;
    }

    /// <summary>Refuses memory that was given back.</summary>
    private void Require() => _ = _tensor.Native;
}
