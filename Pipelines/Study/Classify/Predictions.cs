namespace OnnxAE.Pipelines;

/// <summary>Class probabilities of rows whose class is known.</summary>
/// <param name="Probabilities">[rows][classes].</param>
/// <param name="Labels">[rows] classes, from 0.</param>
internal sealed record Predictions(IReadOnlyList<float[]> Probabilities, IReadOnlyList<int> Labels)
{
    private const int BinCount = 15; // Guo et al., 2017
    private const double SmallestProbability = 1e-30; // what a softmax in single precision may round to zero

    /// <summary>Number of rows.</summary>
    public int Count => Labels.Count;

    /// <summary>Share of the rows whose most probable class is theirs.</summary>
    public double Accuracy => Probabilities.Zip(Labels, (row, label) => IndexOfMax(row) == label ? 1.0 : 0).Average();

    /// <summary>Mean of - ln of the probability of a row's own class.</summary>
    public double LogLoss => Probabilities.Zip(Labels, (row, label) => -Math.Log(Math.Max(row[label], SmallestProbability))).Average();

    /// <summary>
    /// Expected calibration error: by how much the probability of the predicted class misses the share of right predictions,
    /// in 15 bins of that probability, weighted by their rows (Guo et al., 2017, arXiv:1706.04599).
    /// </summary>
    public double CalibrationError
    {
        get
        {
            double[] gaps = new double[BinCount];
            for (int row = 0; row < Count; row++)
            {
                int best = IndexOfMax(Probabilities[row]);
                double confidence = Probabilities[row][best];
                int bin = Math.Clamp((int)Math.Ceiling(confidence * BinCount) - 1, 0, BinCount - 1);
                gaps[bin] += confidence - (best == Labels[row] ? 1 : 0);
            }

            return gaps.Sum(Math.Abs) / Count;
        }
    }

    /// <summary>The same rows in other words: logits divided by a temperature.</summary>
    public Predictions WithTemperature(double temperature) => this with
    {
        Probabilities = [.. Probabilities.Select(row =>
        {
            double[] scaled = [.. row.Select(p => Math.Log(Math.Max(p, SmallestProbability)) / temperature)];
            double highest = scaled.Max();
            double[] powers = [.. scaled.Select(z => Math.Exp(z - highest))];
            double sum = powers.Sum();
            return (float[])[.. powers.Select(p => (float)(p / sum))];
        })],
    };

    /// <summary>Some of the rows.</summary>
    public Predictions Take(IEnumerable<int> rows)
    {
        int[] chosen = [.. rows];
        return new Predictions([.. chosen.Select(row => Probabilities[row])], [.. chosen.Select(row => Labels[row])]);
    }

    /// <summary>The first of the largest.</summary>
    public static int IndexOfMax(ReadOnlySpan<float> row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row);
}
