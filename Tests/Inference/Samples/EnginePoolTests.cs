using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class EnginePoolTests
{
    [TestMethod]
    public void Many_threads_predict_through_one_model()
    {
        MLContext ml = new(seed: 1);
        using TemporaryFolder folder = new();
        Row[] rows = Row.Make(200);
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        using BatchedOnnxTransformer model = ml.Transforms.ApplyOnnxEncoder("Code", "Values", TinyOnnx.Dense(Row.Size, 3).Save(folder)).Fit(data);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Code")];
        EnginePool<Row, Scored> pool = new(ml, model);
        Parallel.For(0, rows.Length, i =>
        {
            Scored scored = pool.Predict(rows[i]);
            Assert.AreEqual(rows[i].Name, scored.Name);
            for (int k = 0; k < scored.Code.Length; k++)
            {
                Assert.AreEqual(expected[i][k], scored.Code[k], 1e-6f);
            }
        });
    }

    [TestMethod]
    public void The_documents_sample_is_the_code_that_is_tested()
    {
        string sample = Between(Resource("EnginePool.cs"), "// docs/SCORING.md: begin\n", "// docs/SCORING.md: end");
        string shown = Between(Resource("SCORING.md"), "```csharp\n", "```");
        Assert.AreEqual(sample.Replace("namespace OnnxAE.Tests;\n\n", "", StringComparison.Ordinal), shown);
    }

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(EnginePoolTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Between(string text, string begin, string end)
    {
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
    }
}
