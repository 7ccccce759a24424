using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxSavingTests : IDisposable
{
    // Matrix products of one row and of many add up in another order.
    private const float Rounding = 1e-5f;

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_saved_pipeline_is_stock_and_loads_batched_again()
    {
        IDataView data = Row.View(_ml, 100);
        TransformerChain<NormalizingTransformer> model = Pipeline().Fit(data);
        string path = _folder["model.zip"];
        _ml.Model.Save(model, data.Schema, path);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Code")];

        ITransformer stock = _ml.Model.Load(path, out DataViewSchema stockSchema);
        CollectionAssert.AreEqual(new[] { typeof(OnnxTransformer) }, ((IEnumerable<ITransformer>)stock).Take(1).Select(t => t.GetType()).ToArray());
        AssertClose(expected, stock.Transform(data));

        ITransformer batched = _ml.Model.LoadWithBatchedOnnx(path, new OnnxRunOptions { BatchSize = 32 }, out DataViewSchema schema);
        BatchedOnnxTransformer first = (BatchedOnnxTransformer)((IEnumerable<ITransformer>)batched).First();
        Assert.AreEqual(32, first.BatchSize);
        Assert.AreEqual(stockSchema.ToString(), schema.ToString());
        AssertClose(expected, batched.Transform(data));
        Assert.AreEqual(stock.GetOutputSchema(schema).ToString(), batched.GetOutputSchema(schema).ToString());

        _ml.Model.Save(batched, schema, _folder["again.zip"]);
        CollectionAssert.AreEqual(Entries(path), Entries(_folder["again.zip"]));
    }

    [TestMethod]
    public void Chains_within_chains_are_found()
    {
        IDataView data = Row.View(_ml, 10);
        EstimatorChain<TransformerChain<NormalizingTransformer>> nested = _ml.Transforms.Conversion.MapValueToKey("Copy", "Name").Append(Pipeline());
        TransformerChain<TransformerChain<NormalizingTransformer>> model = nested.Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["nested.zip"]);
        ITransformer loaded = _ml.Model.LoadWithBatchedOnnx(_folder["nested.zip"], out _);
        Assert.IsTrue(Flatten(loaded).Any(t => t is BatchedOnnxTransformer));
        AssertClose([.. model.Transform(data).GetColumn<float[]>("Code")], loaded.Transform(data));
    }

    [TestMethod]
    public void A_model_that_reads_other_numbers_stays_stock()
    {
        IDataView data = Row.View(_ml, 10);
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Copy", "Name").Fit(data);
        _ml.Model.Save(model, data.Schema, _folder["plain.zip"]);
        Assert.AreEqual(10, _ml.Model.LoadWithBatchedOnnx(_folder["plain.zip"], out _).Transform(data).GetColumn<uint>("Copy").Count());
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Model.LoadWithBatchedOnnx(_folder["none.zip"], out _)).Message, "none.zip");
    }

    [TestMethod]
    public void A_model_that_cannot_be_batched_stays_stock_and_that_is_told()
    {
        ModelProto pairs = TinyOnnx.Dense(Row.Size / 2, 3, "Values", "Code");
        pairs.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 2 };
        pairs.Graph.Output[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 2 };
        IDataView data = Row.View(_ml, 5);
        _ml.Model.Save(_ml.Transforms.ApplyOnnxModel("Code", "Values", pairs.Save(_folder)).Fit(data), data.Schema, _folder["pairs.zip"]);
        List<string> log = Logged.By(_ml);
        ITransformer loaded = _ml.Model.LoadWithBatchedOnnx(_folder["pairs.zip"], out _);
        Assert.IsFalse(Flatten(loaded).Any(t => t is BatchedOnnxTransformer));
        Assert.AreEqual(2 * 3, loaded.Transform(data).GetColumn<float[]>("Code").First().Length);
        StringAssert.Contains(log.Single(), "stays with ML.NET's transformer");
    }

    [TestMethod]
    public void A_GPU_that_cannot_be_used_is_an_error_or_told_of()
    {
        const int NoSuchGpu = 99;
        IDataView data = Row.View(_ml, 5);
        _ml.Model.Save(Pipeline().Fit(data), data.Schema, _folder["model.zip"]);
        OnnxRunOptions options = new() { GpuDeviceId = NoSuchGpu };
        StringAssert.Contains(
            Assert.Throws<InvalidOperationException>(() => _ml.Model.LoadWithBatchedOnnx(_folder["model.zip"], options, out _)).Message, "can't run on the GPU 99");
        List<string> log = Logged.By(_ml);
        ITransformer loaded = _ml.Model.LoadWithBatchedOnnx(_folder["model.zip"], options with { FallbackToCpu = true }, out _);
        Assert.IsTrue(Flatten(loaded).Any(t => t is BatchedOnnxTransformer { Device: "CPU" }));
        StringAssert.Contains(log.Single(), "runs on the CPU");
    }

    [TestMethod]
    public void A_prediction_engine_scores_single_rows()
    {
        IDataView data = Row.View(_ml, 10);
        TransformerChain<NormalizingTransformer> model = Pipeline().Fit(data);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Code")];
        using PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Row[] rows = Row.Make(10);
        for (int i = 0; i < rows.Length; i++)
        {
            Scored scored = engine.Predict(rows[i]);
            Assert.AreEqual(rows[i].Name, scored.Name);
            for (int k = 0; k < scored.Code.Length; k++)
                Assert.AreEqual(expected[i][k], scored.Code[k], Rounding);
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void No_temporary_file_is_left()
    {
        string variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(variable);
        string temporary = Directory.CreateDirectory(_folder["tmp"]).FullName;
        Environment.SetEnvironmentVariable(variable, temporary);
        try
        {
            IDataView data = Row.View(_ml, 10);
            using BatchedOnnxTransformer transformer = Encoder().Fit(data);
            Assert.IsEmpty(Directory.GetFiles(temporary));
            _ml.Model.Save(transformer, data.Schema, _folder["m.zip"]);
            Assert.IsEmpty(Directory.GetFiles(temporary));
            using (_ml.Model.LoadWithBatchedOnnx(_folder["m.zip"], out _) as IDisposable)
            {
            }

            Assert.IsEmpty(Directory.GetFiles(temporary));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    private static void AssertClose(float[][] expected, IDataView view)
    {
        float[][] found = [.. view.GetColumn<float[]>("Code")];
        Assert.HasCount(expected.Length, found);
        for (int i = 0; i < expected.Length; i++)
        {
            for (int k = 0; k < expected[i].Length; k++)
                Assert.AreEqual(expected[i][k], found[i][k], Rounding);
        }
    }

    private static string[] Entries(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(e => $"{e.FullName} {e.Length} {e.Crc32:x8}")];
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    private BatchedOnnxEstimator Encoder() => _ml.Transforms.ApplyOnnxEncoder("Code", "Values", TinyOnnx.Dense(Row.Size, 3).Save(_folder));

    private EstimatorChain<NormalizingTransformer> Pipeline() => Encoder().Append(_ml.Transforms.NormalizeMeanVariance("Code"));
}
