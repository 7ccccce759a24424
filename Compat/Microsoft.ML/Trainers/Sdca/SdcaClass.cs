using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The weights and the bias of one class. With an L1 threshold the steps add up unseen, and what is above the threshold counts
/// (iterative soft-thresholding).
/// </summary>
internal sealed class SdcaClass
{
    private readonly float _threshold;
    private readonly float[] _sums;
    private float _biasSum;

    public SdcaClass(int featureCount, float threshold)
    {
        _threshold = threshold;
        Weights = new float[featureCount];
        _sums = threshold > 0 ? new float[featureCount] : Weights;
    }

    public float[] Weights { get; }

    public float Bias { get; private set; }

    public float SquaredNorm => TensorPrimitives.SumOfSquares<float>(Weights) + Bias * Bias;

    public float L1Norm => TensorPrimitives.SumOfMagnitudes<float>(Weights) + MathF.Abs(Bias);

    public float Score(ReadOnlySpan<float> features) => TensorPrimitives.Dot(Weights, features) + Bias;

    public void Add(ReadOnlySpan<float> features, float step)
    {
        TensorPrimitives.MultiplyAdd(features, step, _sums, _sums);
        _biasSum += step;
        if (_threshold > 0)
        {
            TensorPrimitives.Max(_sums, -_threshold, Weights);
            TensorPrimitives.Min(Weights, _threshold, Weights);
            TensorPrimitives.Subtract(_sums, Weights, Weights);
        }
        Bias = _threshold > 0 ? _biasSum - Math.Clamp(_biasSum, -_threshold, _threshold) : _biasSum;
    }
}
