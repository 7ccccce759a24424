using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ExportOptionTests
{
    [TestMethod]
    [DataRow(4)]
    [DataRow(-1)]
    public void AnAxisThatTheInputLacksIsRefused(int axis)
    {
        using var module = Conv2d(1, 2, 3);
        var options = new OnnxExportOptions { DynamicAxes = new Dictionary<int, string> { [0] = "n", [axis] = "other" } };
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OnnxExporter.ToBytes(module, [1, 8, 8], options)).Message, "expected some of 0 to 3");
    }

    [TestMethod]
    [DataRow(13, 7)]
    [DataRow(14, 7)]
    [DataRow(15, 8)]
    [DataRow(17, 8)]
    [DataRow(18, 8)]
    [DataRow(19, 9)]
    [DataRow(20, 9)]
    [DataRow(21, 10)]
    public void EachOpsetHasTheFormatVersionItAppearedWith(int opset, int irVersion)
    {
        using var module = ReLU();
        ModelProto model = Exported.Model(module, [2], new OnnxExportOptions { Opset = opset });
        Assert.AreEqual(((long)opset, (long)irVersion), (model.OpsetImport.Single().Version, model.IrVersion));
    }

    [TestMethod]
    [DataRow(12)]
    [DataRow(22)]
    public void OtherOpsetsAreRefused(int opset)
    {
        using var module = ReLU();
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => OnnxExporter.ToBytes(module, [2], new OnnxExportOptions { Opset = opset })).Message,
            $"The operator set {opset} can't be written; expected 13 to 21.");
    }

    [TestMethod]
    public void EqualModulesGiveEqualBytes()
    {
        byte[][] files = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            manual_seed(5);
            var stack = new RandomStack(11);
            using (stack.Module) { return OnnxExporter.ToBytes(stack.Module, stack.InputShape); } })];
        CollectionAssert.AreEqual(files[0], files[1]);
    }

    [TestMethod]
    public void StreamAndFileHoldTheSameBytes()
    {
        using var module = Linear(3, 2);
        using var folder = new TemporaryFolder();
        using var stream = new MemoryStream();
        OnnxExporter.Export(module, [3], folder["model.onnx"]);
        OnnxExporter.Export(module, [3], stream);
        CollectionAssert.AreEqual(OnnxExporter.ToBytes(module, [3]), File.ReadAllBytes(folder["model.onnx"]));
        CollectionAssert.AreEqual(OnnxExporter.ToBytes(module, [3]), stream.ToArray());
    }

    [TestMethod]
    public void FreeAxesBesideTheBatchTakeAnySize()
    {
        using Module<Tensor, Tensor> module = Exported.Shaken(
            Sequential(Conv2d(1, 2, 3, padding: 1), ReLU(), MaxPool2d(2), GroupNorm(1, 2), Conv2d(2, 1, 1)), seed: 3);
        var options = new OnnxExportOptions { DynamicAxes = new Dictionary<int, string> { [0] = "n", [2] = "height", [3] = "width" } };
        byte[] model = OnnxExporter.ToBytes(module, [1, 8, 8], options);
        module.eval();
        foreach (long size in new long[] { 4, 8, 14 })
        {
            using Tensor input = rand([2, 1, size, size + 2]);
            Exported.AssertEqual(module, input, model, $"size {size}");
        }

        CollectionAssert.AreEqual(
            new[] { "n", "", "height", "width" },
            ModelProto.Parser.ParseFrom(model).Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimParam).ToArray());
    }

    [TestMethod]
    public void AModuleThatNeedsTheSizeOfAFreeAxisIsRefused()
    {
        using var module = Sequential(Conv2d(1, 2, 3), Flatten(), Linear(72, 3));
        var options = new OnnxExportOptions { DynamicAxes = new Dictionary<int, string> { [0] = "n", [2] = "height" } };
        StringAssert.StartsWith(
            Assert.ThrowsExactly<OnnxExportException>(() => OnnxExporter.ToBytes(module, [1, 8, 8], options)).Message, "The module '2' (Linear) takes 72 numbers");
    }

    [TestMethod]
    public void WithoutFreeAxesTheBatchIsFixed()
    {
        using var module = Sequential(Flatten(), Linear(4, 2));
        ModelProto model = Exported.Model(module, [2, 2], new OnnxExportOptions { DynamicAxes = new Dictionary<int, string>(), BatchSize = 5 });
        CollectionAssert.AreEqual(new[] { 5L, 2, 2 }, model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue).ToArray());
        CollectionAssert.AreEqual(new[] { 5L, 2 }, model.Graph.Output[0].Type.TensorType.Shape.Dim.Select(d => d.DimValue).ToArray());
    }

    [TestMethod]
    public void ModulesOfTrainingAreLeftOutOrSeen()
    {
        using var module = Sequential(Dropout(), ReLU(), Dropout2d());
        CollectionAssert.AreEqual(new[] { "Relu" }, Exported.Operators(module, [2, 2, 2]));
        CollectionAssert.AreEqual(
            new[] { "Dropout", "Relu", "Dropout" }, Exported.Operators(module, [2, 2, 2], new OnnxExportOptions { RemoveTrainingModules = false }));
    }

    [TestMethod]
    public void NamesFollowTheModulesAndDescriptionsSayWhatTheyAre()
    {
        using var module = Sequential(("encoder", Sequential(("dense", Linear(3, 2)), ("act", GELU()))), ("code", Tanh()));
        GraphProto graph = Exported.Model(module, [3], new OnnxExportOptions { NodeDescriptions = true, InputName = "in", OutputName = "code" }).Graph;
        CollectionAssert.AreEqual(new[] { "encoder.dense.weight", "encoder.dense.bias" }, graph.Initializer.Take(2).Select(i => i.Name).ToArray());
        CollectionAssert.IsSubsetOf(new[] { "encoder.dense", "encoder.act" }, graph.ValueInfo.Select(v => v.Name).ToArray());
        Assert.AreEqual(("encoder.dense/Gemm", "encoder.dense: Linear"), (graph.Node[0].Name, graph.Node[0].DocString));
        Assert.AreEqual("code", graph.Node[^1].Output[0]);
    }

    [TestMethod]
    [DataRow("", "y")]
    [DataRow("x", "x")]
    public void NamesMustDiffer(string input, string output)
    {
        using var module = ReLU();
        Assert.ThrowsExactly<ArgumentException>(() => OnnxExporter.ToBytes(module, [2], new OnnxExportOptions { InputName = input, OutputName = output }));
    }
}
