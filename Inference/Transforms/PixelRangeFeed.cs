using System.Numerics.Tensors;
using OnnxAE.Inference.Onnx;

namespace OnnxAE.Inference.Transforms;

/// <summary>
/// Looks at the first rows that a cursor reads: pixels of 0 to 255 for a model that expects 0 to 1, or pixels that were
/// divided by 255 once too often, would give nonsense, and no error.
/// </summary>
internal sealed class PixelRangeFeed(InputFeed inner, TensorSpec tensor, int input, PixelRange range) : InputFeed
{
    private const int Rows = 256;
    private const float Room = 8; // noise takes pixels out of their range, but not so far

    private int _left = Rows;
    private float _largest;

    public override void Read(BatchTensors tensors, int row, int buffer)
    {
        inner.Read(tensors, row, buffer);
        if (_left == 0)
            return;
        _left--;
        float largest = TensorPrimitives.MaxMagnitude<float>(tensors.GetInput<float>(input)[row]);
        _largest = Math.Max(_largest, Math.Abs(largest));
        if (largest > Room * Math.Max(range.White, -range.Black))
        {
            throw new PixelRangeException(
                FormattableString.Invariant($"Found a value of {largest:g4}"),
                tensor.Name,
                range,
                "give the column as bytes, which are brought to this range, or bring the values to it, once.");
        }

        // So many pictures without anything lighter than the darkest grey but black. Where black is not 0, dark is no sign.
        if (_left == 0 && range.Black == 0 && _largest > 0 && _largest <= range.White / byte.MaxValue)
        {
            throw new PixelRangeException(
                FormattableString.Invariant($"Found no value above {_largest:g4} in {Rows} rows"),
                tensor.Name,
                range,
                "it seems to be divided once too often; give it as bytes, which are brought to this range, or bring the values to it, once.");
        }
    }
}
