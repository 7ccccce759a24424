using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace OnnxAE.Tests.Compat.ML.Transforms;

[TestClass]
public sealed class NormalizerTests
{
    private const double Tolerance = 1e-5;
    private const string AffineEntry = "TransformerChain/Normalizer_000/Model.key";

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow(true, false, "meanvar-default")]
    [DataRow(false, false, "meanvar-fixZero-false")]
    [DataRow(true, true, "meanvar-useCdf")]
    public void MeanVarianceIsTheOriginals(bool fixZero, bool useCdf, string record) =>
        AssertAsRecorded(Context.Transforms.NormalizeMeanVariance("Out", "Features", fixZero: fixZero, useCdf: useCdf), record);

    [TestMethod]
    [DataRow(true, "minmax-default")]
    [DataRow(false, "minmax-fixZero-false")]
    public void MinMaxIsTheOriginals(bool fixZero, string record) =>
        AssertAsRecorded(Context.Transforms.NormalizeMinMax("Out", "Features", fixZero: fixZero), record);

    [TestMethod]
    public void LpNormIsTheOriginals() => AssertAsRecorded(Context.Transforms.NormalizeLpNorm("Out", "Features"), "lpnorm-default");

    [TestMethod]
    [DataRow(LpNormNormalizingEstimatorBase.NormFunction.L2, false, 0.6f, 0.8f)]
    [DataRow(LpNormNormalizingEstimatorBase.NormFunction.L1, false, 3 / 7f, 4 / 7f)]
    [DataRow(LpNormNormalizingEstimatorBase.NormFunction.Infinity, false, 0.75f, 1f)]
    [DataRow(LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, false, 6f, 8f)]
    [DataRow(LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, true, -1f, 1f)]
    public void ARowIsBroughtToTheNormAskedFor(LpNormNormalizingEstimatorBase.NormFunction norm, bool ensureZeroMean, float first, float second)
    {
        IDataView rows = Context.Data.LoadFromEnumerable(new[] { new Pair { Values = [3, 4] }, new Pair { Values = [0, 0] } });
        LpNormNormalizingTransformer model = Context.Transforms.NormalizeLpNorm("Values", norm: norm, ensureZeroMean: ensureZeroMean).Fit(rows);
        using var stream = new MemoryStream();
        Context.Model.Save(model, rows.Schema, stream);
        IDataView output = Context.Model.Load(stream, out _).Transform(rows);

        GoldenData.AssertClose([[first, second], [0, 0]], output.GetColumn<float[]>("Values"), Tolerance);
        Assert.IsTrue(output.Schema["Values"].IsNormalized());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void SavedNormalizerGivesTheSameValues(bool useCdf)
    {
        IDataView train = GoldenData.LoadTrain(Context);
        TransformerChain<NormalizingTransformer> model = Context.Transforms.NormalizeMeanVariance("Features", fixZero: false, useCdf: useCdf)
            .Append(Context.Transforms.NormalizeMinMax("Label"))
            .Fit(train);
        using var stream = new MemoryStream();
        Context.Model.Save(model, train.Schema, stream);
        ITransformer loaded = Context.Model.Load(stream, out _);

        IDataView expected = model.Transform(train);
        IDataView actual = loaded.Transform(train);
        GoldenData.AssertClose([.. expected.GetColumn<float[]>("Features")], actual.GetColumn<float[]>("Features"), tolerance: 0);
        Assert.AreSequenceEqual(expected.GetColumn<float>("Label").ToArray(), actual.GetColumn<float>("Label").ToArray());
    }

    [TestMethod]
    public void ANormalizerOfListedSlotsLeavesTheOthersAsTheyAre()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(new[] { new Pair { Values = [3, 4] }, new Pair { Values = [0, 0] } });
        Dictionary<string, byte[]> entries = Archive.Save(Context, Context.Transforms.NormalizeMinMax("Values").Fit(rows), rows.Schema);
        entries[AffineEntry] = Archive.WithBody(entries[AffineEntry], Listed(slotCount: 2));
        ITransformer model = Archive.Load(Context, entries);
        ITransformer again = Archive.Load(Context, Archive.Save(Context, model, rows.Schema));

        GoldenData.AssertClose([[3, (4 - 1) * 0.5f], [0, (0 - 1) * 0.5f]], model.Transform(rows).GetColumn<float[]>("Values"), Tolerance);
        GoldenData.AssertClose([[3, (4 - 1) * 0.5f], [0, (0 - 1) * 0.5f]], again.Transform(rows).GetColumn<float[]>("Values"), Tolerance);
    }

    [TestMethod]
    public void ScalarsOfDoubleAreNormalizedToo()
    {
        IDataView rows = Context.Data.LoadFromEnumerable(new[] { new Number { Value = 1 }, new Number { Value = 3 } });
        IDataView output = Context.Transforms.NormalizeMeanVariance("Value", fixZero: false).Fit(rows).Transform(rows);

        Assert.AreSequenceEqual(new double[] { -1, 1 }, output.GetColumn<double>("Value").ToArray());
        Assert.IsTrue(output.Schema["Value"].IsNormalized());
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords()
    {
        IDataView train = GoldenData.LoadTrain(Context);
        GoldenData.AssertThrowsAsRecorded("meanvar: missing column", () => Context.Transforms.NormalizeMeanVariance("Out", "Nope").Fit(train));
        GoldenData.AssertThrowsAsRecorded("meanvar: text column", () => Context.Transforms.NormalizeMeanVariance("Out", "Name").Fit(train));
    }

    // What former versions stored where most slots stay as they are: slot 1 is (x - 1) * 0.5.
    private static byte[] Listed(int slotCount) =>
    [
        .. BitConverter.GetBytes(sizeof(float)), .. BitConverter.GetBytes(slotCount), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(1),
        .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(1f),
    ];

    private static void AssertAsRecorded(IEstimator<ITransformer> estimator, string record)
    {
        IDataView output = estimator.Fit(GoldenData.LoadTrain(Context)).Transform(GoldenData.LoadTest(Context));
        GoldenData.AssertClose(GoldenData.Read<float[][]>("normalize.json", record), output.GetColumn<float[]>("Out"), Tolerance);
    }

    private sealed class Number
    {
        public double Value { get; set; }
    }

    private sealed class Pair
    {
        [VectorType(2)]
        public float[] Values { get; set; } = [];
    }
}
