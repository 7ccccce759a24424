using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Trainers;

[TestClass]
public sealed class SdcaMaximumEntropyTests
{
    // The rows come in a random order, so no two runs of the original agree to the last row.
    private const double AccuracyTolerance = 0.02;
    private const double LogLossTolerance = 0.05;

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void AccuracyIsTheOriginals()
    {
        JsonElement expected = GoldenData.Read("sdca-default.json");
        var options = new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 };
        IDataView scored = Keys().Append(Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(options))
            .Fit(GoldenData.LoadTrain(Context)).Transform(GoldenData.LoadTest(Context));
        MulticlassClassificationMetrics metrics = Context.MulticlassClassification.Evaluate(scored);

        Assert.AreEqual(expected.GetProperty("MicroAccuracy").GetDouble(), metrics.MicroAccuracy, AccuracyTolerance);
        Assert.AreEqual(expected.GetProperty("MacroAccuracy").GetDouble(), metrics.MacroAccuracy, AccuracyTolerance);
        Assert.AreEqual(expected.GetProperty("LogLoss").GetDouble(), metrics.LogLoss, LogLossTolerance);
    }

    [TestMethod]
    public void AnL1ThresholdTurnsWeightsOff()
    {
        MaximumEntropyModelParameters model = Keys()
            .Append(Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(l1Regularization: 1, l2Regularization: 1e-3f, maximumNumberOfIterations: 20))
            .Fit(GoldenData.LoadTrain(Context)).LastTransformer.Model;
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out _);

        int zeros = weights.Sum(w => w.DenseValues().Count(value => value == 0));
        Assert.IsInRange(1, 10 * 16 - 1, zeros);
    }

    [TestMethod]
    public void TheHeavierOfTwoContradictingLabelsWins()
    {
        Weighted[] rows = [.. Enumerable.Range(0, 100).Select(i => new Weighted { Label = (uint)(i % 2), Importance = i % 2 == 0 ? 1 : 20, Features = [1, 0.5f] })];
        IDataView view = Context.Data.LoadFromEnumerable(rows);
        var model = Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(exampleWeightColumnName: "Importance").Fit(view);

        Assert.AreSequenceEqual(new uint[] { 2 }, model.Transform(view).GetColumn<uint>("PredictedLabel").Distinct().ToArray());
    }

    [TestMethod]
    public void NoRowToTrainOnIsRefused()
    {
        Weighted[] rows = [new() { Label = 0, Features = [float.NaN, 1] }];
        Assert.ThrowsExactly<InvalidOperationException>(
            () => Context.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(Context.Data.LoadFromEnumerable(rows)));
    }

    private static ValueToKeyMappingEstimator Keys() =>
        Context.Transforms.Conversion.MapValueToKey("Label", "Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

    private sealed class Weighted
    {
        [KeyType(2)]
        public uint Label { get; set; }

        public float Importance { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
