namespace Microsoft.ML.Data;

/// <summary>What an evaluation counts, row by row, and the metrics that follow from it.</summary>
internal sealed class MulticlassCounters
{
    // The probability that stands for zero, and for a class that the model has never seen.
    private const float Epsilon = 1e-15f;

    private readonly double[] _rowsOfClass;
    private readonly double[] _logLossOfClass;
    private readonly double[] _rowsOfRank;
    private double _rows;
    private double _correct;
    private double _logLoss;

    public MulticlassCounters(int classCount)
    {
        _rowsOfClass = new double[classCount];
        _logLossOfClass = new double[classCount];
        _rowsOfRank = new double[classCount + 1];
        ConfusionTable = [.. Enumerable.Range(0, classCount).Select(_ => new double[classCount])];
    }

    /// <summary>Rows by true class, then by predicted class.</summary>
    public double[][] ConfusionTable { get; }

    public double MicroAccuracy => _rows > 0 ? _correct / _rows : 0;

    public double MacroAccuracy
    {
        get
        {
            var seen = Enumerable.Range(0, _rowsOfClass.Length).Where(c => _rowsOfClass[c] > 0).ToList();
            return seen.Count > 0 ? seen.Average(c => ConfusionTable[c][c] / _rowsOfClass[c]) : 0;
        }
    }

    public double LogLoss => _rows > 0 ? _logLoss / _rows : 0;

    /// <summary>How much better than guessing by the frequency of the classes, as a share of that guess's log-loss.</summary>
    public double LogLossReduction
    {
        get
        {
            double entropy = 0;
            foreach (double rows in _rowsOfClass)
            {
                if (rows != 0)
                    entropy -= rows * Math.Log(rows / _rows);
            }
            entropy /= _rows;
            return (entropy - LogLoss) / entropy;
        }
    }

    public double[] PerClassLogLoss =>
        [.. _logLossOfClass.Select((loss, c) => _rowsOfClass[c] > 0 ? loss / _rowsOfClass[c] : 0)];

    /// <summary>The shares of rows whose true class is among the first 1, 2, ... k predictions.</summary>
    public double[] TopKAccuracies(int k)
    {
        double sum = 0;
        return [.. _rowsOfRank.Take(k).Select(rows => sum += rows / _rows)];
    }

    public void Add(int label, ReadOnlySpan<float> scores)
    {
        bool known = label < scores.Length;
        float probability = known ? scores[label] : 0;
        double logLoss = -Math.Log(Math.Min(1, Math.Max(Epsilon, probability)));

        // Equal scores count in the order of their classes.
        int rank = 0;
        int predicted = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            if (scores[c] > probability || (scores[c] == probability && c < label))
                rank++;
            if (scores[predicted] < scores[c])
                predicted = c;
        }

        _rows++;
        _logLoss += logLoss;
        _rowsOfRank[rank]++;
        if (rank == 0)
            _correct++;
        if (!known)
            return;
        _rowsOfClass[label]++;
        _logLossOfClass[label] += logLoss;
        ConfusionTable[label][rank == 0 ? label : predicted]++;
    }
}
