using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The mean log-loss of a multinomial logistic regression with an L2 penalty, and its gradient.
/// A point holds the biases [K], then one weight vector a class [K, D].
/// </summary>
internal sealed class MultinomialLoss
{
    private const int FewRows = 10;
    private const int EnoughRows = 100;

    private readonly TrainingSet _rows;
    private readonly float _l2Weight;
    private readonly float _scale;
    private readonly float[][] _partialGradients;
    private readonly float[] _partialLosses;

    public MultinomialLoss(TrainingSet rows, float l2Weight, int threadCount)
    {
        _rows = rows;
        _l2Weight = l2Weight;
        _scale = 1 / (float)rows.WeightSum;
        if (threadCount > 1 && rows.Count / threadCount < FewRows)
            threadCount = Math.Max(1, rows.Count / EnoughRows);
        _partialLosses = new float[threadCount];
        _partialGradients = new float[threadCount][];
        for (int i = 1; i < threadCount; i++)
            _partialGradients[i] = new float[ParameterCount];
    }

    public int ParameterCount => _rows.ClassCount * (_rows.FeatureCount + 1);

    public float Evaluate(float[] point, float[] gradient)
    {
        int chunks = _partialLosses.Length;
        _partialGradients[0] = gradient;
        if (chunks == 1)
            EvaluateChunk(0, point);
        else
            Parallel.For(0, chunks, chunk => EvaluateChunk(chunk, point));

        float loss = _partialLosses[0];
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(gradient, _partialGradients[chunk], gradient);
            loss += _partialLosses[chunk];
        }

        loss += Regularize(point, gradient);
        TensorPrimitives.Multiply(gradient, _scale, gradient);
        return loss * _scale;
    }

    private void EvaluateChunk(int chunk, float[] point)
    {
        var gradient = _partialGradients[chunk];
        Array.Clear(gradient);
        var scores = new float[_rows.ClassCount];
        int end = ChunkStart(chunk + 1);
        double loss = 0;
        for (int row = ChunkStart(chunk); row < end; row++)
            loss += AddRow(row, point, gradient, scores);
        _partialLosses[chunk] = (float)loss;
    }

    /// <summary>The chunks differ by one row at most; the first ones are the longer ones.</summary>
    private int ChunkStart(int chunk)
    {
        var (size, rest) = Math.DivRem(_rows.Count, _partialLosses.Length);
        return chunk * size + Math.Min(chunk, rest);
    }

    private float AddRow(int row, float[] point, float[] gradient, float[] scores)
    {
        var features = _rows.Features[row];
        int label = _rows.Labels[row];
        float weight = _rows.Weights?[row] ?? 1;
        int start = scores.Length;
        for (int c = 0; c < scores.Length; c++, start += features.Length)
            scores[c] = point[c] + TensorPrimitives.Dot<float>(point.AsSpan(start, features.Length), features);

        float logNormalizer = LogSumExp.Of(scores);
        float loss = logNormalizer - scores[label];
        if (!float.IsFinite(loss))
            throw new InvalidOperationException("Data contain bad values.");

        start = scores.Length;
        for (int c = 0; c < scores.Length; c++, start += features.Length)
        {
            float probability = (float)Math.Exp(scores[c] - logNormalizer);
            float error = weight * (probability - (c == label ? 1 : 0));
            var part = gradient.AsSpan(start, features.Length);
            TensorPrimitives.MultiplyAdd(features, error, part, part);
            gradient[c] += error;
        }
        return weight * loss;
    }

    private float Regularize(float[] point, float[] gradient)
    {
        if (_l2Weight <= 0)
            return 0;
        var weights = point.AsSpan(_rows.ClassCount);
        var part = gradient.AsSpan(_rows.ClassCount);
        TensorPrimitives.MultiplyAdd(weights, _l2Weight, part, part);
        double squares = 0;
        foreach (float weight in weights)
            squares += weight * weight;
        return (float)(squares * _l2Weight * 0.5);
    }
}
