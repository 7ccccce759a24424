using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace OnnxAE.Tests.Compat.ML.Onnx;

[TestClass]
public sealed class ApplyOnnxModelTests
{
    private const double Tolerance = 1e-5;

    private static readonly MLContext Context = new(seed: 1);
    private static readonly string Encoder = GoldenData.GetPath("tiny-encoder.onnx");

    [TestMethod]
    public void UnknownLeadingDimensionIsTakenAsOne()
    {
        DataViewSchema schema = Context.Transforms.ApplyOnnxModel("Code", "Features", Encoder).Fit(GoldenData.LoadTrain(Context))
            .GetOutputSchema(GoldenData.LoadTest(Context).Schema);
        Assert.AreEqual("Vector<Single, 1, 8>", schema["Code"].Type.ToString());
    }

    [TestMethod]
    public void EveryOverloadGivesTheSameCodes()
    {
        IDataView rows = Context.Data.TakeRows(GoldenData.LoadTest(Context), 5);
        using FileStream stream = File.OpenRead(Encoder);
        OnnxScoringEstimator[] estimators =
        [
            Context.Transforms.ApplyOnnxModel(Encoder),
            Context.Transforms.ApplyOnnxModel("Code", "Features", Encoder),
            Context.Transforms.ApplyOnnxModel(["Code"], ["Features"], Encoder),
            Context.Transforms.ApplyOnnxModel("Code", "Features", stream),
            Context.Transforms.ApplyOnnxModel("Code", "Features", Encoder, new Dictionary<string, int[]> { ["Features"] = [1, 16] }),
            Context.Transforms.ApplyOnnxModel(new OnnxOptions { ModelFile = Encoder, InputColumns = ["Features"], OutputColumns = ["Code"], IntraOpNumThreads = 1 }),
        ];
        float[][] expected = [.. estimators[0].Fit(rows).Transform(rows).GetColumn<float[]>("Code")];

        Assert.IsTrue(expected.All(code => code.Length == 8 && code.Any(value => value != 0)));
        foreach (OnnxScoringEstimator estimator in estimators.Skip(1))
        {
            using OnnxTransformer transformer = estimator.Fit(rows);
            GoldenData.AssertClose(expected, transformer.Transform(rows).GetColumn<float[]>("Code"), tolerance: 0);
        }
    }

    [TestMethod]
    public void ClassifierConvertedByTheOriginalScoresAsRecorded()
    {
        string classifier = GoldenData.GetPath("stock-classifier.onnx");
        IDataView rows = Context.Data.TakeRows(GoldenData.LoadTest(Context), 50);
        IDataView output = Context.Transforms.ApplyOnnxModel(["Score.output"], ["Label", "Name", "Features"], classifier).Fit(rows).Transform(rows);

        GoldenData.AssertClose(GoldenData.Read<float[][]>("lbfgs-default.json", "scoresFirst50"), output.GetColumn<float[]>("Score"), Tolerance);
    }

    [TestMethod]
    public void MisuseGetsTheOriginalsWords()
    {
        IDataView train = GoldenData.LoadTrain(Context);
        IDataView shorter = Context.Data.LoadFromEnumerable(new[] { new Short { Features = new float[7] } });
        IDataView doubles = Context.Data.LoadFromEnumerable(new[] { new Doubles { Features = new double[16] } });
        AssertThrows("onnx: missing input column, Fit", () => Context.Transforms.ApplyOnnxModel("Code", "Nope", Encoder).Fit(train));
        AssertThrows("onnx: wrong vector length, Fit", () => Context.Transforms.ApplyOnnxModel("Code", "Features", Encoder).Fit(shorter));
        AssertThrows("onnx: wrong item type, Fit", () => Context.Transforms.ApplyOnnxModel("Code", "Features", Encoder).Fit(doubles));
        AssertThrows("onnx: text input, Fit", () => Context.Transforms.ApplyOnnxModel("Code", "Name", Encoder).Fit(train));
        AssertThrows("onnx: no such output", () => Context.Transforms.ApplyOnnxModel("Nope", "Features", Encoder));
        AssertThrows("onnx: no such file", () => Context.Transforms.ApplyOnnxModel("Code", "Features", "/no/such/file.onnx"));

        static void AssertThrows(string record, Action action) => GoldenData.AssertThrowsAsRecorded(record, action);
    }

    [TestMethod]
    public void FileThatIsNoModelIsRefused()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => Context.Transforms.ApplyOnnxModel("Code", "Features", GoldenData.GetPath("train.csv")));
        Assert.StartsWith("Error initializing model", error.Message);
    }

    private sealed class Short
    {
        [VectorType(7)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Doubles
    {
        [VectorType(16)]
        public double[] Features { get; set; } = [];
    }
}
