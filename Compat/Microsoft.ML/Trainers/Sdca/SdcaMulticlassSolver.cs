using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent for several classes: each class but the row's own has a dual variable a row, for the
/// log-loss of the margin between the two (Shalev-Shwartz and Zhang, JMLR 14, 2013; with L1, their proximal variant).
/// </summary>
internal sealed class SdcaMulticlassSolver
{
    private const double ConvergenceTolerance = 0.1; // duality gap relative to the loss

    private readonly TrainingSet _rows;
    private readonly SdcaSettings _settings;
    private readonly float _scale;
    private readonly float[] _squaredNorms;
    private readonly float[] _invariants;
    private readonly float[] _duals; // [N, K]
    private readonly SdcaClass[] _classes;

    public SdcaMulticlassSolver(TrainingSet rows, SdcaSettings settings)
    {
        _rows = rows;
        _settings = settings;
        _scale = 1 / (settings.L2 * rows.Count);
        _duals = new float[(long)rows.Count * rows.ClassCount];
        _classes = [.. Enumerable.Range(0, rows.ClassCount).Select(_ => new SdcaClass(rows.FeatureCount, settings.L1Threshold))];
        _squaredNorms = new float[rows.Count];
        _invariants = new float[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            _squaredNorms[row] = TensorPrimitives.SumOfSquares<float>(rows.Features[row]) + 1; // and the bias
            _invariants[row] = 1 / MathF.Max(1, 0.25f + 2 * _squaredNorms[row] * _scale * GetWeight(row));
        }
    }

    /// <summary>Passes over the rows in random orders until the duality gap is small; returns the biases [K], then the weights [K, D], of the least loss.</summary>
    public float[] Solve(Random random)
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        float[] best = null;
        double bestLoss = double.PositiveInfinity;
        for (int iteration = 0; iteration < _settings.MaximumIterations; iteration++)
        {
            random.Shuffle(order);
            foreach (int row in order)
                Update(row);

            var (loss, gap) = Evaluate();
            if (loss < bestLoss)
                (best, bestLoss) = (GetParameters(), loss);
            if (gap / loss < ConvergenceTolerance)
                break;
        }
        return best ?? GetParameters();
    }

    private float GetWeight(int row) => _rows.Weights?[row] ?? 1;

    private void Update(int row)
    {
        float[] features = _rows.Features[row];
        int label = _rows.Labels[row];
        float rate = _scale * GetWeight(row);
        Span<float> duals = _duals.AsSpan(row * _classes.Length, _classes.Length);
        float labelOutput = _classes[label].Score(features);
        float labelDual = 0;
        float labelStep = 0;
        for (int c = 0; c < _classes.Length; c++)
        {
            if (c == label)
                continue;
            float margin = labelOutput + labelStep * _squaredNorms[row] - _classes[c].Score(features);
            float update = (Sigmoid(-margin) - duals[c]) * _invariants[row];
            duals[c] += update;
            labelDual -= duals[c];
            float step = update * rate;
            labelStep += step;
            _classes[c].Add(features, -step);
        }
        duals[label] = labelDual;
        _classes[label].Add(features, labelStep);
    }

    /// <summary>The loss with its penalties, and how far it is at most from the least there is.</summary>
    private (double Loss, double Gap) Evaluate()
    {
        double loss = 0;
        double dualLoss = 0;
        for (int row = 0; row < _rows.Count; row++)
        {
            float[] features = _rows.Features[row];
            int label = _rows.Labels[row];
            ReadOnlySpan<float> duals = _duals.AsSpan(row * _classes.Length, _classes.Length);
            float labelOutput = _classes[label].Score(features);
            for (int c = 0; c < _classes.Length; c++)
            {
                if (c == label)
                    continue;
                loss -= GetWeight(row) * Math.Log(Math.Max(Sigmoid(labelOutput - _classes[c].Score(features)), 1e-8));
                dualLoss += GetWeight(row) * Entropy(duals[c]);
            }
        }

        double l2 = 0.5 * _settings.L2 * _classes.Sum(c => (double)c.SquaredNorm);
        double l1 = _settings.L1Threshold * _settings.L2 * _classes.Sum(c => (double)c.L1Norm);
        double primal = loss / _rows.Count + l2 + l1;
        return (primal, primal - (dualLoss / _rows.Count - l2));
    }

    private float[] GetParameters() => [.. _classes.Select(c => c.Bias), .. _classes.SelectMany(c => c.Weights)];

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    // In nats; a dual variable outside of [0, 1] has no loss that is finite.
    private static double Entropy(double p) => p switch
    {
        < 0 or > 1 => double.NegativeInfinity,
        0 or 1 => 0,
        _ => -p * Math.Log(p) - (1 - p) * Math.Log(1 - p),
    };
}
