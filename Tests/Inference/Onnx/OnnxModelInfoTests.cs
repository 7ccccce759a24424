using System.Text.Json;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxModelInfoTests
{
    [TestMethod]
    public void ShapesAreNumbersAndTextsInJson()
    {
        OnnxTensorInfo tensor = new("x", "float", [new(null, "batch"), new(784, null), new(null, null)]);
        Assert.AreEqual("x: float [batch, 784, ?]", tensor.ToString());
        Assert.IsNull(tensor.RowShape);
        string json = JsonSerializer.Serialize(tensor);
        Assert.AreEqual("""{"Name":"x","ElementType":"float","Shape":["batch","784","?"]}""", json);
        CollectionAssert.AreEqual(tensor.Shape.ToArray(), JsonSerializer.Deserialize<OnnxTensorInfo>(json)!.Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 28, 28 }, new OnnxTensorInfo("x", "float", [new(null, "batch"), new(1, null), new(28, null), new(28, null)]).RowShape!.ToArray());
    }

    [TestMethod]
    public void TheGraphToolsDeclareWhatTheyAdd()
    {
        using TemporaryFolder folder = new();
        string encoder = TinyOnnx.Dense(9, 4, "pixels", "code").OfPictures("1x3x3").Save(folder, "encoder.onnx");
        OnnxEncoders.MirrorAverage(encoder, folder["mean.onnx"]);
        OnnxEncoders.Concatenate([encoder, folder["mean.onnx"]], folder["whole.onnx"]);
        string integers = folder.Write("int8.onnx", OnnxQuantizer.Quantize(encoder, new float[9 * 20]).Model);
        foreach (string file in new[] { folder["mean.onnx"], folder["whole.onnx"], integers })
        {
            foreach (OnnxNodeInfo node in OnnxModelInfo.Read(file).Nodes)
            {
                Assert.AreNotEqual("unknown", node.Output.ElementType, $"{file}: {node.Name}");
            }
        }
    }
}
