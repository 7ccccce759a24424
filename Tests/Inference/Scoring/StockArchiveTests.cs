using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

/// <summary>
/// A .zip that a program without this library wrote, with ML.NET 5.0.0: text label to key, ONNX encoder, normalizer, L-BFGS, key to text;
/// and what that program got for 100 rows.
/// </summary>
[TestClass]
public sealed class StockArchiveTests
{
    private const float Rounding = 1e-5f; // matrix products of one row and of many add up in another order

    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_zip_of_stock_ML_NET_gives_what_it_gave_there(bool batched)
    {
        string zip = PathOf("stock-pipeline.zip");
        ITransformer model = batched ? Context.Model.LoadWithBatchedOnnx(zip, out _) : Context.Model.Load(zip, out _);
        Assert.AreEqual(batched, ((IEnumerable<ITransformer>)model).Any(part => part is BatchedOnnxTransformer));
        Row[] rows = [.. File.ReadLines(PathOf("stock-pipeline.csv")).Select(Row.Parse)];
        IDataView scored = model.Transform(Context.Data.LoadFromEnumerable(rows));

        JsonElement expected = JsonDocument.Parse(File.ReadAllText(PathOf("stock-pipeline.json"))).RootElement;
        CollectionAssert.AreEqual(expected.GetProperty("predicted").Deserialize<string[]>(), scored.GetColumn<string>("PredictedLabel").ToArray());
        float[][] codes = expected.GetProperty("codes").Deserialize<float[][]>()!;
        foreach ((float[] wanted, float[] found) in codes.Zip(scored.GetColumn<float[]>("Code")))
        {
            for (int i = 0; i < wanted.Length; i++)
            {
                Assert.AreEqual(wanted[i], found[i], Rounding);
            }
        }
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Inference", "Scoring", "Golden", name);

    private sealed class Row
    {
        public float Label { get; set; }

        public string Name { get; set; } = "";

        [VectorType(16)]
        public float[] Features { get; set; } = [];

        public static Row Parse(string line)
        {
            float[] values = [.. line.Split(',').Select(text => float.Parse(text, CultureInfo.InvariantCulture))];
            return new Row { Label = values[0], Name = string.Create(CultureInfo.InvariantCulture, $"class-{values[0]}"), Features = values[1..] };
        }
    }
}
