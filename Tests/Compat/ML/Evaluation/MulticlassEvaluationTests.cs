using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Evaluation;

[TestClass]
public sealed class MulticlassEvaluationTests
{
    private const double Tolerance = 1e-3;

    // Members of classes count keys from 0; what is not below the number of keys is missing.
    private const uint Missing = 2;

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow("lbfgs-default", 1f, 1f)]
    [DataRow("lbfgs-l1-0-l2-0.01", 0f, 0.01f)]
    public void MetricsAreTheOriginals(string record, float l1, float l2)
    {
        JsonElement expected = GoldenData.Read(record + ".json").GetProperty("metrics");
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(Score(l1, l2), topKPredictionCount: 3);

        Assert.AreEqual(expected.GetProperty("MicroAccuracy").GetDouble(), metrics.MicroAccuracy, Tolerance);
        Assert.AreEqual(expected.GetProperty("MacroAccuracy").GetDouble(), metrics.MacroAccuracy, Tolerance);
        Assert.AreEqual(expected.GetProperty("LogLoss").GetDouble(), metrics.LogLoss, Tolerance);
        Assert.AreEqual(expected.GetProperty("LogLossReduction").GetDouble(), metrics.LogLossReduction, Tolerance);
        Assert.AreEqual(expected.GetProperty("TopKAccuracy").GetDouble(), metrics.TopKAccuracy, Tolerance);
        AssertClose(expected.GetProperty("perClassLogLoss"), metrics.PerClassLogLoss, Tolerance);
        AssertClose(expected.GetProperty("precision"), metrics.ConfusionMatrix.PerClassPrecision, Tolerance);
        AssertClose(expected.GetProperty("recall"), metrics.ConfusionMatrix.PerClassRecall, Tolerance);
        double[][] counts = expected.GetProperty("confusion").Deserialize<double[][]>()!;
        for (int truth = 0; truth < counts.Length; truth++)
            Assert.AreSequenceEqual(counts[truth], metrics.ConfusionMatrix.Counts[truth]);
    }

    [TestMethod]
    public void ConfusionTableNamesClassesByTheirSlots()
    {
        Prediction[] rows =
        [
            new() { Label = 0, PredictedLabel = 0, Score = [0.75f, 0.25f] },
            new() { Label = 0, PredictedLabel = 1, Score = [0.25f, 0.75f] },
            new() { Label = 1, PredictedLabel = 1, Score = [0.25f, 0.75f] },
            new() { Label = Missing, PredictedLabel = 1, Score = [0.25f, 0.75f] },
        ];
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(Context.Data.LoadFromEnumerable(rows));

        Assert.AreEqual(2 / 3.0, metrics.MicroAccuracy, 1e-12);
        Assert.AreEqual(0.75, metrics.MacroAccuracy, 1e-12);
        Assert.AreEqual(1, metrics.ConfusionMatrix.GetCountForClassPair(predictedClassIndicatorIndex: 1, actualClassIndicatorIndex: 0));
        string expected = string.Join(
            Environment.NewLine,
            "",
            "Confusion table",
            "          ||======================",
            "PREDICTED ||        0 |        1 | Recall",
            "TRUTH     ||======================",
            "        0 ||        1 |        1 | 0.5000",
            "        1 ||        0 |        1 | 1.0000",
            "          ||======================",
            "Precision ||   1.0000 |   0.5000 |",
            "");
        Assert.AreEqual(expected, metrics.ConfusionMatrix.GetFormattedConfusionTable());
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords() => GoldenData.AssertThrowsAsRecorded(
        "evaluate: no score column", () => Context.MulticlassClassification.Evaluate(GoldenData.LoadTrain(Context)));

    private static IDataView Score(float l1, float l2)
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, L1Regularization = l1, L2Regularization = l2 };
        return Context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options))
            .Fit(GoldenData.LoadTrain(Context))
            .Transform(GoldenData.LoadTest(Context));
    }

    private static void AssertClose(JsonElement expected, IReadOnlyList<double> actual, double tolerance)
    {
        double[] values = expected.Deserialize<double[]>()!;
        Assert.HasCount(values.Length, actual);
        for (int i = 0; i < values.Length; i++)
            Assert.AreEqual(values[i], actual[i], tolerance, $"class {i}");
    }

    private sealed class Prediction
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [KeyType(2)]
        public uint PredictedLabel { get; set; }

        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }
}
