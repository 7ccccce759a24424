using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>A change of these bytes is a change of what users get: look at the difference before replacing a file.</summary>
[TestClass]
public sealed class GoldenFileTests
{
    public static IEnumerable<object[]> Names => GoldenNetwork.All.Select(golden => new object[] { golden.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ANetworkOfEachFamilyIsWrittenToTheExpectedBytes(string name)
    {
        GoldenNetwork golden = GoldenNetwork.All.Single(each => each.Name == name);
        using Module<Tensor, Tensor> network = golden.Create();
        byte[] written = OnnxExporter.ToBytes(network, golden.Shape, new OnnxExportOptions { GraphName = name, ProducerVersion = "test" });
        string path = Path.Combine(AppContext.BaseDirectory, $"Training/Export/Golden/{name}.onnx");
        File.WriteAllBytes(path + ".actual", written); // to look at when they differ
        CollectionAssert.AreEqual(File.ReadAllBytes(path), written);
        Exported.AssertEqual(network, golden.Shape, new OnnxExportOptions(), name);
    }
}
