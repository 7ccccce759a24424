using Microsoft.ML;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabelPropagationTests
{
    private const int Count = 30;
    private const int ClassCount = 2;
    private const double Rounding = 1e-4;

    [TestMethod]
    public void Smoothing_is_the_average_over_neighbors_with_labels_held()
    {
        (TrainingRows rows, NeighborGraph graph, double[,] weights) = Make();
        float[] start = Start(rows, unlabeled: 0.3f);
        LabelSpreadingOptions options = new() { Alpha = 0.7f, Rounds = 6 };
        double[] expected = [.. start.Select(p => (double)p)];
        for (int round = 0; round < 6; round++)
        {
            expected = Step(weights, expected, start, 0.7, (i, _) => Sum(weights, i), row => rows.Labels[row] != 0);
        }

        AssertSame(expected, LabelPropagation.Run(graph, start, rows, options));
    }

    [TestMethod]
    public void Spreading_goes_to_the_closed_form()
    {
        (TrainingRows rows, NeighborGraph graph, double[,] weights) = Make();
        float[] start = Start(rows, unlabeled: 0);
        LabelSpreadingOptions options = new() { Method = LabelSpreadingMethod.Spreading, Alpha = 0.8f, Rounds = 100 };
        double[] expected = [.. start.Select(p => (double)p)];
        for (int round = 0; round < 400; round++) // far enough for F = (1 - alpha) (I - alpha S)⁻¹ Y
        {
            expected = Step(weights, expected, start, 0.8, (i, j) => Math.Sqrt(Sum(weights, i) * Sum(weights, j)), _ => false);
        }

        AssertSame(expected, LabelPropagation.Run(graph, start, rows, options));
    }

    private static double[] Step(
        double[,] weights, double[] current, float[] start, double alpha, Func<int, int, double> divisor, Func<int, bool> isHeld)
        => [.. Enumerable.Range(0, Count * ClassCount).Select(k =>
        {
            (int row, int c) = Math.DivRem(k, ClassCount);
            return isHeld(row) ? start[k] : (alpha * Enumerable.Range(0, Count).Where(j => weights[row, j] > 0)
                .Sum(j => weights[row, j] / divisor(row, j) * current[(j * ClassCount) + c])) + ((1 - alpha) * start[k]);
        })];

    private static (TrainingRows Rows, NeighborGraph Graph, double[,] Weights) Make()
    {
        Moons[] moons = Moons.Make(Count, seed: 5, labeled: 6);
        FeatureRows features;
        MLContext context = new(seed: 1);
        IDataView view = context.Data.LoadFromEnumerable(moons);
        features = new FeatureRows(view.Schema["Features"]);
        TrainingRows rows = TrainingRows.Read(view, "Label", features);
        NeighborGraph graph = NeighborGraph.Of(NeighborSearch.Find(features.Packed, 4, new ParallelOptions()), power: 2);
        double[,] weights = new double[Count, Count];
        for (int row = 0; row < Count; row++)
        {
            for (int i = 0; i < graph.Targets(row).Length; i++)
            {
                weights[row, graph.Targets(row)[i]] = graph.Weights(row)[i];
            }
        }

        return (rows, graph, weights);
    }

    private static float[] Start(TrainingRows rows, float unlabeled)
        => [.. rows.Labels.SelectMany(label => label switch { 1 => new[] { 1f, 0 }, 2 => [0, 1f], _ => [unlabeled, unlabeled == 0 ? 0 : 1 - unlabeled] })];

    private static double Sum(double[,] weights, int row) => Enumerable.Range(0, Count).Sum(j => weights[row, j]);

    private static void AssertSame(double[] expected, float[] found)
    {
        for (int row = 0; row < Count; row++)
        {
            double sum = expected[row * ClassCount] + expected[(row * ClassCount) + 1];
            for (int c = 0; c < ClassCount; c++)
            {
                Assert.AreEqual(sum > 0 ? expected[(row * ClassCount) + c] / sum : 0, found[(row * ClassCount) + c], Rounding, $"row {row}, class {c}");
            }
        }
    }
}
