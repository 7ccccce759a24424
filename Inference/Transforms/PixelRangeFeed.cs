using System.Numerics.Tensors;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// Looks at the first rows that a cursor reads: pixels of 0 to 255 for a model that expects 0 to 1 would give nonsense,
/// and no error.
/// </summary>
internal sealed class PixelRangeFeed(InputFeed inner, TensorSpec tensor, int input, PixelRange range) : InputFeed
{
    private const int Rows = 256;
    private const float Room = 8; // noise takes pixels out of their range, but not so far

    private int _left = Rows;

    public override void Read(BatchTensors tensors, int row, int buffer)
    {
        inner.Read(tensors, row, buffer);
        if (_left == 0)
            return;
        _left--;
        float largest = TensorPrimitives.MaxMagnitude<float>(tensors.GetInput<float>(input)[row]);
        if (largest > Room * Math.Max(range.White, -range.Black))
        {
            throw new InvalidOperationException(
                $"Found a value of {largest:g4} in the input column '{tensor.Name}', expected pixels between {range.Black} and {range.White} "
                + $"({range.Name}): give the column as bytes, which are brought to this range, or bring the values to it, once.");
        }
    }
}
