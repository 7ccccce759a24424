using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Trainers;

[TestClass]
public sealed class LbfgsMaximumEntropyTests
{
    // The order of sums in single precision differs from machine to machine.
    private const double ScoreTolerance = 1e-3;
    private const double WeightTolerance = 1e-2;

    // Members of classes count keys from 0; what is not below the number of keys is missing.
    private const uint Missing = 2;

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow("lbfgs-default", 1f, 1f)]
    [DataRow("lbfgs-l1-0-l2-0.01", 0f, 0.01f)]
    public void ScoresAndPredictionsAreTheOriginals(string record, float l1, float l2)
    {
        IDataView scored = Train(l1, l2).Transform(GoldenData.LoadTest(Context));

        GoldenData.AssertClose(GoldenData.Read<float[][]>(record + ".json", "scoresFirst50"), scored.GetColumn<float[]>("Score"), ScoreTolerance);
        uint[] expected = GoldenData.Read<uint[]>(record + ".json", "predictedKeys");
        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        Assert.HasCount(expected.Length, predicted);
        int same = expected.Zip(predicted).Count(pair => pair.First == pair.Second);
        Assert.IsGreaterThanOrEqualTo(0.99 * expected.Length, same);
    }

    [TestMethod]
    [DataRow("lbfgs-default", 1f, 1f)]
    [DataRow("lbfgs-l1-0-l2-0.01", 0f, 0.01f)]
    public void WeightsAndBiasesAreTheOriginals(string record, float l1, float l2)
    {
        MaximumEntropyModelParameters model = Train(l1, l2).LastTransformer.Model;
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out int classes);

        Assert.AreEqual(10, classes);
        GoldenData.AssertClose(GoldenData.Read<float[][]>(record + ".json", "weights"), weights.Select(w => w.DenseValues().ToArray()), WeightTolerance);
        GoldenData.AssertClose([GoldenData.Read<float[]>(record + ".json", "biases")], [[.. model.GetBiases()]], WeightTolerance);
    }

    [TestMethod]
    [DataRow("lbfgs-default", 1f, 1f)]
    [DataRow("lbfgs-l1-0-l2-0.01", 0f, 0.01f)]
    public void SchemaCarriesTheOriginalsAnnotations(string record, float l1, float l2)
    {
        IDataView scored = Train(l1, l2).Transform(GoldenData.LoadTest(Context));
        SchemaDescription.AssertEqual(GoldenData.Read(record + "-schema.json"), scored.Schema);
    }

    [TestMethod]
    public void RowsWithoutLabelDoNotCount()
    {
        Sample[] labeled = [.. Enumerable.Range(0, 40).Select(i => new Sample { Label = (uint)i % 2, Features = [i % 2 + 0.01f * i, 1] })];
        Sample[] mixed = [.. labeled.SelectMany(row => new[] { row, new Sample { Label = Missing, Features = [50, -50] } })];

        Assert.AreSequenceEqual(TrainBiases(labeled), TrainBiases(mixed));

        static float[] TrainBiases(Sample[] rows) =>
            [.. Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(Options()).Fit(Context.Data.LoadFromEnumerable(rows)).Model.GetBiases()];
    }

    [TestMethod]
    public void TrainingGoesOnFromAModel()
    {
        IDataView rows = Keys().Fit(GoldenData.LoadTrain(Context)).Transform(GoldenData.LoadTrain(Context));
        LbfgsMaximumEntropyMulticlassTrainer.Options brief = Options();
        brief.MaximumNumberOfIterations = 3;
        LbfgsMaximumEntropyMulticlassTrainer trainer = Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(brief);

        var first = trainer.Fit(rows);
        var second = trainer.Fit(rows, first.Model);

        Assert.IsLessThan(LogLoss(first), LogLoss(second));

        double LogLoss(ITransformer model) => Context.MulticlassClassification.Evaluate(model.Transform(rows)).LogLoss;
    }

    [TestMethod]
    public void NoWeightIsNegativeWhenThatIsForbidden()
    {
        LbfgsMaximumEntropyMulticlassTrainer.Options options = Options();
        options.EnforceNonNegativity = true;
        MaximumEntropyModelParameters model = Keys().Append(Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options))
            .Fit(GoldenData.LoadTrain(Context)).LastTransformer.Model;
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out _);

        Assert.IsTrue(weights.All(w => w.DenseValues().All(value => value >= 0)));
        Assert.IsTrue(weights.Any(w => w.DenseValues().Any(value => value > 0)));
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords()
    {
        IDataView train = GoldenData.LoadTrain(Context);
        var trainers = Context.MulticlassClassification.Trainers;
        GoldenData.AssertThrowsAsRecorded("lbfgs: missing feature column", () => Keys().Append(trainers.LbfgsMaximumEntropy(featureColumnName: "Nope")).Fit(train));
        IDataView numbered = Context.Data.LoadFromEnumerable(new[] { new Numbered { Id = 1, Weight = 2 } });
        GoldenData.AssertThrowsAsRecorded("lbfgs: label not a key", () => trainers.LbfgsMaximumEntropy("Weight", "Id").Fit(numbered));
        IDataView empty = Context.Data.LoadFromEnumerable(Array.Empty<GoldenData.Row>());
        GoldenData.AssertThrowsAsRecorded("lbfgs: no rows", () => Keys().Append(trainers.LbfgsMaximumEntropy()).Fit(empty));
    }

    private static TransformerChain<MulticlassPredictionTransformer<MaximumEntropyModelParameters>> Train(float l1, float l2)
    {
        LbfgsMaximumEntropyMulticlassTrainer.Options options = Options();
        options.L1Regularization = l1;
        options.L2Regularization = l2;
        return Keys().Append(Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options)).Fit(GoldenData.LoadTrain(Context));
    }

    private static LbfgsMaximumEntropyMulticlassTrainer.Options Options() => new() { NumberOfThreads = 1 };

    private static ValueToKeyMappingEstimator Keys() =>
        Context.Transforms.Conversion.MapValueToKey("Label", "Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

    private sealed class Sample
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Numbered
    {
        public int Id { get; set; }

        public float Weight { get; set; }
    }
}
