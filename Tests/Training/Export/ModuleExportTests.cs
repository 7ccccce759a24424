using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>Every kind of module, with the settings that change what it computes, in operator sets between which ONNX changed.</summary>
[TestClass]
public sealed class ModuleExportTests
{
    private static readonly int[] Opsets = [13, 14, 17, 18, 20, 21];

    public static IEnumerable<object[]> CaseNames => ModuleCase.All.Select(c => new object[] { c.Name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void TheGraphComputesWhatTheModuleComputes(string name)
    {
        var (_, create, shape) = ModuleCase.All.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = Exported.Shaken(create(), seed: 3);
        foreach (int opset in Opsets)
        {
            var options = new OnnxExportOptions { Opset = opset };
            if (module is Embedding)
            {
                AssertEmbedding(module, options);
            }
            else
            {
                Exported.AssertEqual(module, shape, options, $"{name}, opset {opset}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void TheVerifierPassesItWithEdgeInputs(string name)
    {
        var (_, create, shape) = ModuleCase.All.Single(c => c.Name == name);
        using Module<Tensor, Tensor> module = Exported.Shaken(create(), seed: 3);
        using var folder = new TemporaryFolder();
        using Tensor rows = module is Embedding ? tensor(new long[] { 4, 0, 1, 1, 2, 3 }, [6]) : rand([64, .. shape]);
        OnnxExporter.Export(module, shape, folder["model.onnx"], new OnnxExportOptions { InputType = module is Embedding ? OnnxElementType.Index : OnnxElementType.Real });
        GraphVerification result = OnnxVerifier.Verify(module, folder["model.onnx"], rows);
        Assert.IsTrue(result.Passed, $"{result.Worst}");
    }

    [TestMethod]
    public void EveryKnownModuleIsAmongTheCases()
    {
        HashSet<Type> covered = [.. ModuleCase.All.Select(c => c.Create().GetType())];
        Type[] elsewhere = [typeof(Sequential), typeof(Autoencoder), typeof(EncoderClassifier)]; // random stacks, golden files, verifier
        CollectionAssert.IsSubsetOf(OnnxModules.Default.Writers.Select(writer => writer.Type).Except(elsewhere).ToList(), covered.ToList());
    }

    private static void AssertEmbedding(Module<Tensor, Tensor> module, OnnxExportOptions options)
    {
        using Tensor indices = tensor(new long[] { 4, 0, 1, 1, 2, 3 }, [2, 3]);
        byte[] model = OnnxExporter.ToBytes(module, [3], options with { InputType = OnnxElementType.Index });
        Exported.AssertEqual(module, indices, model, $"Embedding, opset {options.Opset}");
    }
}
