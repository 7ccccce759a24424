using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input of numbers. The tensor lies over one array that is filled again for every row.</summary>
internal sealed class OnnxNumberFeed<T>(ValueGetter<VBuffer<T>> source, OnnxVariable variable) : OnnxFeed
    where T : unmanaged
{
    private VBuffer<T> _row;
    private T[] _values = [];
    private OrtValue _tensor;

    public override OrtValue Read()
    {
        source(ref _row);
        if (_tensor is null || _values.Length != _row.Length)
        {
            _tensor?.Dispose();
            _values = new T[_row.Length];
            _tensor = OrtValue.CreateTensorValueFromMemory(_values, GetShape(variable, _values.Length));
        }
        _row.CopyTo(_values);
        return _tensor;
    }

    public override void Dispose()
    {
        _tensor?.Dispose();
        base.Dispose();
    }
}
