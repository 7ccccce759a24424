using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input of text.</summary>
internal sealed class OnnxTextFeed(ValueGetter<VBuffer<ReadOnlyMemory<char>>> source, OnnxVariable variable) : OnnxFeed
{
    private VBuffer<ReadOnlyMemory<char>> _row;
    private OrtValue _tensor;

    public override OrtValue Read()
    {
        source(ref _row);
        _tensor?.Dispose();
        _tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, GetShape(variable, _row.Length));
        int slot = 0;
        foreach (ReadOnlyMemory<char> text in _row.DenseValues())
            _tensor.StringTensorSetElementAt(text.Span, slot++);
        return _tensor;
    }

    public override void Dispose()
    {
        _tensor?.Dispose();
        base.Dispose();
    }
}
