using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace OnnxAE.Tests.Compat.ML.Onnx;

/// <summary>A pipeline that ML.NET saved: text label to key, ONNX encoder, normalizer, L-BFGS, key to text.</summary>
[TestClass]
public sealed class StockPipelineTests
{
    private const double Tolerance = 1e-5;
    private const double SameShare = 0.99; // of a model trained here: sums in single precision differ from machine to machine

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void StockArchivePredictsAsRecorded()
    {
        JsonElement expected = GoldenData.Read("stock-pipeline.json");
        IDataView scored = Load(out _).Transform(GoldenData.LoadTest(Context));

        Assert.AreSequenceEqual(expected.GetProperty("predicted").Deserialize<string[]>()!, scored.GetColumn<string>("PredictedLabel").ToArray());
        GoldenData.AssertClose(expected.GetProperty("codeFirst20").Deserialize<float[][]>()!, scored.GetColumn<float[]>("Code"), Tolerance);
        GoldenData.AssertClose(expected.GetProperty("scoresFirst20").Deserialize<float[][]>()!, scored.GetColumn<float[]>("Score"), Tolerance);
        SchemaDescription.AssertEqual(expected.GetProperty("schema"), scored.Schema);
    }

    [TestMethod]
    public void TheSamePipelineTrainedHerePredictsAsRecorded()
    {
        string[] expected = GoldenData.Read<string[]>("stock-pipeline.json", "predicted");
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { FeatureColumnName = "Code", NumberOfThreads = 1 };
        var model = Context.Transforms.Conversion.MapValueToKey("Label", "Name")
            .Append(Context.Transforms.ApplyOnnxModel("Code", "Features", GoldenData.GetPath("tiny-encoder.onnx")))
            .Append(Context.Transforms.NormalizeMeanVariance("Code"))
            .Append(Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(GoldenData.LoadTrain(Context));
        IDataView scored = model.Transform(GoldenData.LoadTest(Context));

        string[] predicted = [.. scored.GetColumn<string>("PredictedLabel")];
        Assert.IsGreaterThanOrEqualTo(SameShare * expected.Length, expected.Zip(predicted).Count(pair => pair.First == pair.Second));
    }

    [TestMethod]
    public void SavedAgainItHasTheSameEntries()
    {
        ITransformer model = Load(out DataViewSchema inputSchema);
        using var stream = new MemoryStream();
        Context.Model.Save(model, inputSchema, stream);
        using var saved = new ZipArchive(stream);
        using ZipArchive stock = ZipFile.OpenRead(GoldenData.GetPath("stock-pipeline.zip"));

        Assert.AreSequenceEqual(stock.Entries.Select(e => e.FullName).ToArray(), saved.Entries.Select(e => e.FullName).ToArray());
        foreach (ZipArchiveEntry entry in stock.Entries.Where(e => IsComparable(e.FullName)))
            Assert.AreSequenceEqual(Read(entry), Read(saved.GetEntry(entry.FullName)!), entry.FullName);
    }

    // The version names the build; schemas are compressed, and compressors differ from one runtime to the next.
    private static bool IsComparable(string entry) => entry is not ("TrainingInfo/Version.txt" or "Schema") && !entry.EndsWith("TrainSchema", StringComparison.Ordinal);

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream source = entry.Open();
        var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static ITransformer Load(out DataViewSchema inputSchema) => Context.Model.Load(GoldenData.GetPath("stock-pipeline.zip"), out inputSchema);
}
