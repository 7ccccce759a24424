using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>
/// A pinned array: nothing is copied on the way to ONNX Runtime and back. ONNX Runtime needs no handle to pin it by, which it
/// would free only with a value that is disposed; nobody disposes those of a prediction engine.
/// </summary>
internal sealed class TensorBuffer<T>(TensorSpec tensor, int capacity) : TensorBuffer(tensor)
    where T : unmanaged
{
    private readonly T[] _values = GC.AllocateUninitializedArray<T>(checked(capacity * tensor.RowSize), pinned: true);
    private readonly int _rowSize = tensor.RowSize;

    /// <summary>The values of a row.</summary>
    public Span<T> this[int row] => _values.AsSpan(row * _rowSize, _rowSize);

    public override OrtValue Wrap(int rows)
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(_values, 0, rows * _rowSize), Tensor.BatchShape(rows));

    public override void Repeat(int row, int count)
    {
        for (int i = 1; i <= count; i++)
            this[row].CopyTo(this[row + i]);
    }
}
