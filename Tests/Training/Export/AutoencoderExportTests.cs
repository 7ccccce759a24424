using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class AutoencoderExportTests
{
    [TestMethod]
    [DataRow("vae-2", "autoencoder decoder encoder features sampler", "code_size", "2")]
    [DataRow("mlp-100", "classifier encoder", "class_count", "10")]
    public void EveryFileSaysWhatItHoldsAndWhatRangeItsPixelsHave(string id, string files, string size, string value)
    {
        using var folder = new TemporaryFolder();
        using EncoderNetwork network = ModelCatalog.Get(id).CreateNetwork(seed: 1);
        RunGraphs.Write(network, id, folder.Path);

        Assert.AreEqual(files, string.Join(' ', Directory.GetFiles(folder.Path).Select(Path.GetFileNameWithoutExtension).Order()));
        foreach (string file in Directory.GetFiles(folder.Path))
        {
            IReadOnlyDictionary<string, string> metadata = OnnxModelInfo.Read(file).Metadata;
            string role = Path.GetFileNameWithoutExtension(file);
            Assert.AreEqual("Normalized_0_1", metadata["Image.NominalPixelRange"], role);
            Assert.AreEqual(role, metadata["onnxae.role"]);
            Assert.AreEqual(id, metadata["onnxae.architecture"], role);
            Assert.AreEqual("784", metadata["onnxae.input_size"], role);
            if (role != "encoder" || id != "mlp-100")
            {
                Assert.AreEqual(value, metadata[$"onnxae.{size}"], role);
            }
        }
    }
}
