using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>Reads a column of vectors or of single values.</summary>
internal sealed class InputFeed<T> : InputFeed
    where T : unmanaged
{
    private readonly InputSource _source;
    private readonly SpanGetter<T>? _write;
    private readonly ValueGetter<VBuffer<T>>? _getVector;
    private readonly ValueGetter<T>? _getValue;
    private VBuffer<T> _vector;

    public InputFeed(InputSource source)
    {
        _source = source;
        if (source.Kept is not null)
            return;
        if (source.Column.Type is not VectorDataViewType)
            _getValue = source.Row.GetGetter<T>(source.Column);
        else if ((_write = (source.Row as ISpanRow)?.GetSpanGetter<T>(source.Column)) is null)
            _getVector = source.Row.GetGetter<VBuffer<T>>(source.Column);
    }

    public override void Read(BatchTensors tensors, int row, int buffer)
    {
        Span<T> values = tensors.GetInput<T>(_source.Input)[row];
        if (_write is not null)
        {
            _write(values);
        }
        else if (_getVector is not null)
        {
            _getVector(ref _vector);
            Copy(in _vector, values);
        }
        else if (_getValue is not null)
        {
            _getValue(ref values[0]);
        }
        else if (_source.Kept is VectorBuffer<T> vectors)
        {
            Copy(in vectors[buffer, row], values);
        }
        else
        {
            values[0] = ((ValueBuffer<T>)_source.Kept!)[buffer, row];
        }
    }

    private void Copy(in VBuffer<T> vector, Span<T> values)
    {
        if (vector.Length != values.Length)
            throw new InvalidOperationException($"Found {vector.Length} values in a row of the input column '{_source.Tensor.Name}', expected {values.Length}.");
        vector.CopyTo(values);
    }
}
