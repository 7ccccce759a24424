using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FoldingTests
{
    [TestMethod]
    public void BatchNormalizationGoesIntoTheLayerBeforeIt()
    {
        AssertFolded(() => Sequential(Linear(3, 4), BatchNorm1d(4)), [3], "Gemm");
        AssertFolded(() => Sequential(Linear(3, 4, hasBias: false), BatchNorm1d(4, affine: false)), [3], "Gemm");
        AssertFolded(() => Sequential(Linear(3, 4), BatchNorm1d(4, eps: 0.5)), [3], "Gemm");
        AssertFolded(() => Sequential(Conv2d(4, 6, 3, groups: 2), BatchNorm2d(6)), [4, 5, 5], "Conv");
        AssertFolded(() => Sequential(ConvTranspose2d(4, 6, 3, groups: 2, bias: false), BatchNorm2d(6)), [4, 3, 3], "ConvTranspose");
    }

    [TestMethod]
    public void ItStaysWhereItsLayerIsUsedElsewhereToo()
    {
        using var module = Exported.Shaken(Sequential(Linear(3, 4), new Concat(1, BatchNorm1d(4), Identity())), 5);
        CollectionAssert.AreEqual(new[] { "Gemm", "BatchNormalization", "Concat" }, Exported.Operators(module, [3]));
        Exported.AssertEqual(module, [3], new OnnxExportOptions(), "skip");
    }

    [TestMethod]
    public void ItStaysBehindOtherModulesAndWhereItIsAskedFor()
    {
        using var module = Sequential(Linear(3, 4), ReLU(), BatchNorm1d(4));
        CollectionAssert.AreEqual(new[] { "Gemm", "Relu", "BatchNormalization" }, Exported.Operators(module, [3]));
        using var adjacent = Sequential(Linear(3, 4), BatchNorm1d(4));
        CollectionAssert.AreEqual(
            new[] { "Gemm", "BatchNormalization" }, Exported.Operators(adjacent, [3], new OnnxExportOptions { FoldBatchNorm = false }));
    }

    [TestMethod]
    public void ItStaysBehindALayerOfSomebodysOwnThatHoldsItsWeightsOtherwise()
    {
        using var module = Exported.Shaken(Sequential(new RowMajor(), BatchNorm1d(3)), 5);
        var options = new OnnxExportOptions
        {
            Modules = OnnxModules.Default.Register<RowMajor>((layer, graph, input) => graph.Node("Gemm", [input, graph.Weight("weight", layer.Weight)], [OnnxValue.Free, 3])),
        };
        CollectionAssert.AreEqual(new[] { "Gemm", "BatchNormalization" }, Exported.Operators(module, [3], options));
        Exported.AssertEqual(module, [3], options, "row-major");
    }

    [TestMethod]
    public void SharedWeightsAreFoldedForOneUserOnly()
    {
        var shared = Linear(3, 3);
        using var module = Exported.Shaken(Sequential(shared, BatchNorm1d(3), shared), 5);
        CollectionAssert.AreEqual(new[] { "Gemm", "Gemm" }, Exported.Operators(module, [3]));
        Exported.AssertEqual(module, [3], new OnnxExportOptions(), "shared");
    }

    [TestMethod]
    public void AWeightThatIsUsedAgainIsStoredOnceInWhateverLayout()
    {
        using var dense = Linear(3, 3);
        using var sequences = Sequential(dense, ReLU(), dense);
        CollectionAssert.AreEqual(new[] { "0.weight", "0.bias" }, Stored(sequences, [4, 3]));
        using var normalization = Exported.Shaken(GroupNorm(1, 2), 5);
        using var groups = Sequential(normalization, ReLU(), normalization);
        Assert.HasCount(1, Stored(groups, [2, 5]).Where(name => name.EndsWith(".weight", StringComparison.Ordinal)));
        Exported.AssertEqual(groups, [2, 5], new OnnxExportOptions(), "groups");

        static string[] Stored(Module<Tensor, Tensor> module, long[] shape) => [.. Exported.Model(module, shape).Graph.Initializer.Select(tensor => tensor.Name)];
    }

    [TestMethod]
    public void NumbersDrawnAtRandomAreNotStored()
    {
        using var module = new Shifted();
        var options = new OnnxExportOptions
        {
            Modules = OnnxModules.Default.Register<Shifted>((_, graph, input) => graph.Add(input, graph.Node("RandomNormal", [], [1, 2], OnnxSetting.Of("shape", new long[] { 1, 2 })))),
        };
        CollectionAssert.AreEqual(new[] { "RandomNormal", "Add" }, Exported.Operators(module, [2], options));
    }

    [TestMethod]
    public void AConstantThatCannotBeComputedIsNamed()
    {
        using var module = Sequential(("layer", new Shifted()));
        var options = new OnnxExportOptions
        {
            Modules = OnnxModules.Default.Register<Shifted>((_, graph, input) => graph.Add(
                input, graph.Node("Gather", [graph.Constant("values", [1f, 2f], 2), graph.Constant("places", [7L, 7L], 2)], [2], OnnxSetting.Of("axis", 0)))),
        };
        StringAssert.Contains(Assert.ThrowsExactly<OnnxExportException>(() => OnnxExporter.ToBytes(module, [2], options)).Message, "'layer/Gather' (Gather)");
    }

    [TestMethod]
    public void WhatDependsOnNoInputIsComputedAtOnce()
    {
        using var module = new Shifted();
        var modules = OnnxModules.Default.Register<Shifted>(
            (_, graph, input) => graph.Add(input, graph.Map("Exp", graph.Multiply(graph.Scalar(2), graph.Constant("ones", [1f, 1f], 2)))));
        GraphProto folded = Exported.Model(module, [2], new OnnxExportOptions { Modules = modules }).Graph;
        Assert.AreEqual("Add", folded.Node.Single().OpType);
        Assert.HasCount(1, folded.Initializer);
        Exported.AssertEqual(module, [2], new OnnxExportOptions { Modules = modules }, "folded");
        Assert.HasCount(3, Exported.Operators(module, [2], new OnnxExportOptions { Modules = modules, FoldConstants = false }));
    }

    private static void AssertFolded(Func<Module<Tensor, Tensor>> create, long[] shape, string only)
    {
        using Module<Tensor, Tensor> module = Exported.Shaken(create(), 5);
        CollectionAssert.AreEqual(new[] { only }, Exported.Operators(module, shape));
        Exported.AssertEqual(module, shape, new OnnxExportOptions(), only);
    }

    // [N, 3] -> [N, 3] by a weight of [in, out], where Linear's is [out, in].
    private sealed class RowMajor : Module<Tensor, Tensor>
    {
        public RowMajor()
            : base(nameof(RowMajor)) => RegisterComponents();

        public Parameter Weight { get; } = new(arange(9, dtype: ScalarType.Float32).reshape(3, 3));

        public override Tensor forward(Tensor input) => input.mm(Weight);
    }

    private sealed class Shifted() : Module<Tensor, Tensor>(nameof(Shifted))
    {
        public override Tensor forward(Tensor input) => input + MathF.Exp(2);
    }
}
