using Microsoft.ML.OnnxRuntime;

namespace OnnxAE.Inference;

/// <summary>Memory for a batch of rows of one tensor, which ONNX Runtime reads or writes in place.</summary>
/// <param name="tensor">The tensor.</param>
internal abstract class TensorBuffer(TensorSpec tensor)
{
    public TensorSpec Tensor => tensor;

    /// <summary>The first rows, as ONNX Runtime takes them; the caller disposes it.</summary>
    public abstract OrtValue Wrap(int rows);

    /// <summary>Copies a row over the rows behind it: what a model of a fixed batch size gets where rows are missing.</summary>
    public abstract void Repeat(int row, int count);
}
