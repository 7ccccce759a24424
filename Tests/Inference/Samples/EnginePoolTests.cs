using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Tests.Inference.Transforms;

namespace OnnxAE.Tests.Inference.Samples;

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
                Assert.AreEqual(expected[i][k], scored.Code[k], 1e-6f);
        });
    }
}
