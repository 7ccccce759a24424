using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Onnx;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BatchedOnnxSavingTests : ScoringTest
{
    // Matrix products of one row and of many add up in another order.
    private const float Tolerance = 1e-5f;

    [TestMethod]
    public void A_saved_pipeline_is_stock_and_loads_batched_again()
    {
        IDataView data = Row.View(Ml, 100);
        TransformerChain<NormalizingTransformer> model = Pipeline().Fit(data);
        string path = Folder["model.zip"];
        Ml.Model.Save(model, data.Schema, path);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Code")];

        ITransformer stock = Ml.Model.Load(path, out DataViewSchema stockSchema);
        CollectionAssert.AreEqual(new[] { typeof(OnnxTransformer) }, ((IEnumerable<ITransformer>)stock).Take(1).Select(t => t.GetType()).ToArray());
        AssertClose(expected, stock.Transform(data));

        ITransformer batched = Ml.Model.LoadWithBatchedOnnx(path, new OnnxRunOptions { BatchSize = 32 }, out DataViewSchema schema);
        BatchedOnnxTransformer first = (BatchedOnnxTransformer)((IEnumerable<ITransformer>)batched).First();
        Assert.AreEqual(32, first.BatchSize);
        Assert.AreEqual(stockSchema.ToString(), schema.ToString());
        AssertClose(expected, batched.Transform(data));
        Assert.AreEqual(stock.GetOutputSchema(schema).ToString(), batched.GetOutputSchema(schema).ToString());

        Ml.Model.Save(batched, schema, Folder["again.zip"]);
        CollectionAssert.AreEqual(Entries(path), Entries(Folder["again.zip"]));
    }

    [TestMethod]
    public void Chains_within_chains_are_found()
    {
        IDataView data = Row.View(Ml, 10);
        EstimatorChain<TransformerChain<NormalizingTransformer>> nested = Ml.Transforms.Conversion.MapValueToKey("Copy", "Name").Append(Pipeline());
        TransformerChain<TransformerChain<NormalizingTransformer>> model = nested.Fit(data);
        Ml.Model.Save(model, data.Schema, Folder["nested.zip"]);
        ITransformer loaded = Ml.Model.LoadWithBatchedOnnx(Folder["nested.zip"], out _);
        Assert.IsTrue(Flatten(loaded).Any(t => t is BatchedOnnxTransformer));
        AssertClose([.. model.Transform(data).GetColumn<float[]>("Code")], loaded.Transform(data));
    }

    [TestMethod]
    public void A_model_that_reads_other_numbers_stays_stock()
    {
        IDataView data = Row.View(Ml, 10);
        ITransformer model = Ml.Transforms.Conversion.MapValueToKey("Copy", "Name").Fit(data);
        Ml.Model.Save(model, data.Schema, Folder["plain.zip"]);
        Assert.AreEqual(10, Ml.Model.LoadWithBatchedOnnx(Folder["plain.zip"], out _).Transform(data).GetColumn<uint>("Copy").Count());
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => Ml.Model.LoadWithBatchedOnnx(Folder["none.zip"], out _)).Message, "none.zip");
    }

    [TestMethod]
    public void A_model_that_cannot_be_batched_stays_stock_and_that_is_told()
    {
        ModelProto pairs = TinyOnnx.Dense(Row.Size / 2, 3, "Values", "Code");
        pairs.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 2 };
        pairs.Graph.Output[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 2 };
        IDataView data = Row.View(Ml, 5);
        Ml.Model.Save(Ml.Transforms.ApplyOnnxModel("Code", "Values", pairs.Save(Folder)).Fit(data), data.Schema, Folder["pairs.zip"]);
        List<string> log = Logged.By(Ml);
        ITransformer loaded = Ml.Model.LoadWithBatchedOnnx(Folder["pairs.zip"], out _);
        Assert.IsFalse(Flatten(loaded).Any(t => t is BatchedOnnxTransformer));
        Assert.AreEqual(2 * 3, loaded.Transform(data).GetColumn<float[]>("Code").First().Length);
        StringAssert.Contains(log.Single(), "stays with ML.NET's transformer");
    }

    [TestMethod]
    public void A_GPU_that_cannot_be_used_is_an_error_or_told_of()
    {
        const int NoSuchGpu = 99;
        IDataView data = Row.View(Ml, 5);
        Ml.Model.Save(Pipeline().Fit(data), data.Schema, Folder["model.zip"]);
        OnnxRunOptions options = new() { GpuDeviceId = NoSuchGpu };
        StringAssert.Contains(
            Assert.Throws<InvalidOperationException>(() => Ml.Model.LoadWithBatchedOnnx(Folder["model.zip"], options, out _)).Message, "can't run on the GPU 99");
        List<string> log = Logged.By(Ml);
        ITransformer loaded = Ml.Model.LoadWithBatchedOnnx(Folder["model.zip"], options with { FallbackToCpu = true }, out _);
        Assert.IsTrue(Flatten(loaded).Any(t => t is BatchedOnnxTransformer { Device: "CPU" }));
        StringAssert.Contains(log.Single(), "runs on the CPU");
    }

    [TestMethod]
    public void A_prediction_engine_scores_single_rows()
    {
        IDataView data = Row.View(Ml, 10);
        TransformerChain<NormalizingTransformer> model = Pipeline().Fit(data);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Code")];
        using PredictionEngine<Row, Scored> engine = Ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Row[] rows = Row.Make(10);
        for (int i = 0; i < rows.Length; i++)
        {
            Scored scored = engine.Predict(rows[i]);
            Assert.AreEqual(rows[i].Name, scored.Name);
            for (int k = 0; k < scored.Code.Length; k++)
            {
                Assert.AreEqual(expected[i][k], scored.Code[k], Tolerance);
            }
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void No_temporary_file_is_left()
    {
        string variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        string? before = Environment.GetEnvironmentVariable(variable);
        string temporary = Directory.CreateDirectory(Folder["tmp"]).FullName;
        Environment.SetEnvironmentVariable(variable, temporary);
        try
        {
            IDataView data = Row.View(Ml, 10);
            using BatchedOnnxTransformer transformer = Encoder().Fit(data);
            Assert.IsEmpty(Directory.GetFiles(temporary));
            Ml.Model.Save(transformer, data.Schema, Folder["m.zip"]);
            Assert.IsEmpty(Directory.GetFiles(temporary));
            using (Ml.Model.LoadWithBatchedOnnx(Folder["m.zip"], out _) as IDisposable)
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
            {
                Assert.AreEqual(expected[i][k], found[i][k], Tolerance);
            }
        }
    }

    private static string[] Entries(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Select(e => $"{e.FullName} {e.Length} {e.Crc32:x8}")];
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    private BatchedOnnxEstimator Encoder() => Ml.Transforms.ApplyOnnxEncoder("Code", "Values", TinyOnnx.Dense(Row.Size, 3).Save(Folder));

    private EstimatorChain<NormalizingTransformer> Pipeline() => Encoder().Append(Ml.Transforms.NormalizeMeanVariance("Code"));
}
