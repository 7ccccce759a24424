using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace OnnxAE.Inference;

/// <summary>
/// Lets ML.NET's own classifier do what is left to do behind logits: the softmax, the predicted class as a key of the
/// label's, and what the columns say of themselves. No other transformer that every ML.NET program loads makes keys of scores.
/// </summary>
/// <remarks>
/// Its weights can't be set, only trained. Trained on one row a class, a vector that is 1 in the class's place, they come out
/// as a · (I - J/K), I being the identity and J all ones, since no class differs from another. What is given to it has to be
/// the logits times the inverse; that the softmax does not see a number added to all logits makes up for J.
/// </remarks>
internal sealed class LogitScorer
{
    private const float L2Regularization = 0.01f; // keeps a near 5: without it, weights would grow without end
    private const double Tolerance = 1e-3; // of weights that should be equal, as a part of a; its square is what remains

    private readonly double[,] _inverse; // [K, K]
    private readonly float[] _biases; // [K]

    private LogitScorer(MulticlassPredictionTransformer<MaximumEntropyModelParameters> transformer, double[,] inverse, float[] biases)
    {
        Transformer = transformer;
        _inverse = inverse;
        _biases = biases;
    }

    /// <summary>Makes Score and PredictedLabel of what <see cref="FoldInto"/> prepared.</summary>
    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Transformer { get; }

    /// <summary>Makes a scorer.</summary>
    /// <param name="catalog">Where the classifier comes from.</param>
    /// <param name="label">The label to predict: a key of type UInt32, of two classes at least.</param>
    /// <param name="logits">The column that it will read, a vector of Single as long as there are classes.</param>
    /// <exception cref="InvalidOperationException">The classifier was not trained as expected.</exception>
    public static LogitScorer Create(
        MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, DataViewSchema.Column label, DataViewSchema.Column logits)
    {
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> transformer = catalog
            .LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = label.Name,
                FeatureColumnName = logits.Name,
                L1Regularization = 0,
                L2Regularization = L2Regularization,
                NumberOfThreads = 1,
            })
            .Fit(new OneHotView(label, logits));
        VBuffer<float>[] weights = [];
        transformer.Model.GetWeights(ref weights, out int classCount);
        float[][] rows = [.. weights.Take(classCount).Select(w => w.DenseValues().ToArray())];
        return new LogitScorer(transformer, Invert(rows), [.. transformer.Model.GetBiases()]);
    }

    /// <summary>A layer that gives what this scorer must be given, instead of logits.</summary>
    public DenseLayer FoldInto(DenseLayer logits)
    {
        int classCount = logits.Outputs, inputs = logits.Inputs;
        double[] sums = new double[inputs];
        float[] weights = new float[classCount * inputs], biases = new float[classCount];
        for (int row = 0; row < classCount; row++)
        {
            Array.Clear(sums);
            double bias = 0;
            for (int c = 0; c < classCount; c++)
            {
                double factor = _inverse[row, c];
                bias += factor * (logits.Biases[c] - _biases[c]);
                for (int i = 0; i < inputs; i++)
                    sums[i] += factor * logits.Weights[(c * inputs) + i];
            }

            biases[row] = (float)bias;
            for (int i = 0; i < inputs; i++)
                weights[(row * inputs) + i] = (float)sums[i];
        }

        return new DenseLayer(weights, biases);
    }

    // With J put back, the weights are a · (I + E), E being rounding errors; the inverse is (I - E + E² …) / a, of which the
    // first two terms are exact enough.
    private static double[,] Invert(float[][] weights)
    {
        int count = weights.Length;
        double trace = weights.Select((row, i) => (double)row[i]).Sum();
        double others = (weights.Sum(row => row.Sum(w => (double)w)) - trace) / (count * (count - 1.0));
        double scale = (trace / count) - others;
        double[,] inverse = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double identity = i == j ? 1 : 0;
                double error = ((weights[i][j] - others) / scale) - identity;
                if (!(Math.Abs(error) < Tolerance))
                    throw new InvalidOperationException($"ML.NET's classifier learned the weight {weights[i][j]} for class {i + 1} from one row a class, expected about {others + (scale * identity)}.");
                inverse[i, j] = (identity - error) / scale;
            }
        }

        return inverse;
    }
}
