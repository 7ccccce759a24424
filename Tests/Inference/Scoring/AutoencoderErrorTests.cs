using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AutoencoderErrorTests : ScoringTest
{
    [TestMethod]
    [DataRow(17)]
    [DataRow(18)] // takes the axes of a mean as an input
    public void The_error_is_the_mean_squared_difference_here_and_in_a_saved_stock_model(int opset)
    {
        ModelProto model = TinyOnnx.Dense(Row.Size, Row.Size);
        model.OpsetImport[0].Version = opset;
        IDataView data = Row.View(Ml, 40);
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxAutoencoder("Out", "Values", model.Save(Folder), "Error").Fit(data);
        IDataView view = transformer.Transform(data);
        float[] expected = [.. view.GetColumn<float[]>("Values").Zip(
            view.GetColumn<float[]>("Out"), (x, y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Average())];
        AssertClose(expected, view);

        Ml.Model.Save(transformer, data.Schema, Folder["model.zip"]);
        ITransformer stock = Ml.Model.Load(Folder["model.zip"], out _);
        AssertClose(expected, stock.Transform(data));
        Assert.AreEqual(stock.GetOutputSchema(data.Schema).ToString(), view.Schema.ToString());
    }

    [TestMethod]
    public void Pictures_and_rows_of_pixels_may_be_compared()
    {
        ModelProto model = TinyOnnx.Dense(Row.Size, Row.Size);
        model.Graph.Output[0] = TinyOnnx.Value("picture", true, 1, 2, 2);
        model.Graph.Initializer.Add(new TensorProto { Name = "shape", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 4 }, Int64Data = { -1, 1, 2, 2 } });
        model.Graph.Node.Add(new NodeProto { OpType = "Reshape", Input = { "y", "shape" }, Output = { "picture" } });
        IDataView data = Row.View(Ml, 5);
        using BatchedOnnxTransformer transformer = Ml.Transforms.ApplyOnnxAutoencoder("Out", "Values", model.Save(Folder), "y").Fit(data);
        Assert.AreEqual(5, transformer.Transform(data).GetColumn<float[]>("y").Count(e => e is [> 0])); // a name within the graph
    }

    private static void AssertClose(float[] expected, IDataView view)
    {
        float[][] found = [.. view.GetColumn<float[]>("Error")];
        Assert.HasCount(expected.Length, found);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], found[i].Single(), Rounding);
        }
    }
}
