using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FamilyExportTests
{
    private static readonly int[][] Shapes = [[3, 20, 45], [1, 28, 28], [3, 64, 64], [29]];

    public static IEnumerable<object[]> Cases =>
        from family in ModelCatalog.BuiltIn.Families
        from shape in Shapes
        where shape.Length == 3 || !family.NeedsPictures
        select new object[] { family.Name, shape };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void EncoderAndDecoderOfAFamilyAreExportedAndVerified(string name, int[] shape)
    {
        using var folder = new TemporaryFolder();
        using Autoencoder network = Exported.Shaken(ModelCatalog.Get(name, shape).Create(seed: 1), seed: 2);
        using var scope = NewDisposeScope();
        using var noise = new Generator(3);
        network.eval();
        Tensor rows = rand(3, network.InputSize, generator: noise), codes = network.Encoder.call(rows);
        RunGraphs.Write(network, name, folder.Path);

        Verify(network.Encoder, "encoder.onnx", rows);
        Verify(network.Decoder, "decoder.onnx", codes.detach());

        void Verify(nn.Module<Tensor, Tensor> part, string file, Tensor inputs)
        {
            GraphVerification result = OnnxVerifier.Verify(part, folder[file], inputs);
            Assert.IsTrue(result.Passed, $"{file}: {result.FirstDifference}");
        }
    }
}
