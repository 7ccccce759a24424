using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>What isn't known is refused by name, place and remedy; what users teach is written.</summary>
[TestClass]
public sealed class UnknownModuleTests
{
    [TestMethod]
    public void AnUnknownModuleIsNamedWithItsPathAndTheWayToRegisterIt()
    {
        using var network = Sequential(("encoder", Sequential(("features", Sequential(Linear(3, 3), new Doubling())))));
        Assert.AreEqual(
            "The module 'encoder.features.1' (Doubling) can't be exported to ONNX: nothing is known of what it computes. "
            + "Say how: OnnxModules.Default.Register<Doubling>((module, graph, input) => ...) as OnnxExportOptions.Modules, or let it implement IOnnxExportable.",
            Refusal(network));
    }

    [TestMethod]
    public void AnUnknownModuleWithChildrenIsNotGuessed()
    {
        using var network = new Backwards(Linear(3, 3), Tanh());
        StringAssert.StartsWith(Refusal(network), "The module '(root)' (Backwards) can't be exported");
    }

    [TestMethod]
    public void ASequentialWithAForwardOfItsOwnIsNoSequential()
    {
        using var network = new Skipping();
        StringAssert.StartsWith(Refusal(network), "The module '(root)' (Skipping) derives from Sequential and overrides 'forward', so it may compute something else.");
    }

    [TestMethod]
    public void ASequentialWithAConstructorOfItsOwnIsASequential()
    {
        using var network = new Named();
        Exported.AssertEqual(network, [3], new OnnxExportOptions(), "a subclass");
    }

    [TestMethod]
    public void ARegisteredModuleIsWrittenByItsWriterAndOtherSetsStayAsTheyAre()
    {
        using var network = Sequential(Linear(3, 3), new Doubling());
        var modules = OnnxModules.Default.Register<Doubling>((_, graph, input) => graph.Add(input, input));
        Exported.AssertEqual(network, [3], new OnnxExportOptions { Modules = modules }, "registered");
        StringAssert.Contains(Refusal(network), "Doubling");
    }

    [TestMethod]
    public void AModuleThatWalksAListOfModulesCallsThemByPath()
    {
        using var network = new Backwards(Linear(3, 3), Tanh());
        var modules = OnnxModules.Default.Register<Backwards>(
            (module, graph, input) => graph.Call("first", module.First, graph.Call("second", module.Second, input)));
        Exported.AssertEqual(network, [3], new OnnxExportOptions { Modules = modules }, "walked");
        CollectionAssert.IsSubsetOf(
            new[] { "first.weight", "first.bias" },
            Exported.Model(network, [3], new OnnxExportOptions { Modules = modules }).Graph.Initializer.Select(i => i.Name).ToArray());
    }

    [TestMethod]
    public void ListsAndDictionariesOfModulesAreWalkedByPath()
    {
        using var network = new Blocks();
        Exported.AssertEqual(network, [3], new OnnxExportOptions(), "blocks");
        CollectionAssert.AreEquivalent(
            new[] { "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "heads.code.weight", "heads.code.bias" },
            Exported.Model(network, [3]).Graph.Initializer.Select(i => i.Name).ToArray());
        CollectionAssert.AreEquivalent(
            network.state_dict().Keys.ToArray(), Exported.Model(network, [3]).Graph.Initializer.Select(i => i.Name).ToArray());

        using var list = Sequential(("blocks", new OnlyAList()));
        StringAssert.Contains(Refusal(list), "The module 'blocks' (OnlyAList) can't be exported");
    }

    [TestMethod]
    public void AModuleThatKnowsHowIsWritten()
    {
        using var network = Sequential(Linear(3, 3), new Tripling());
        Exported.AssertEqual(network, [3], new OnnxExportOptions(), "exportable");
    }

    [TestMethod]
    public void AnInheritedExportWithAForwardOfItsOwnIsRefused()
    {
        using var network = new Quadrupling();
        StringAssert.Contains(Refusal(network), "has a forward of its own, but the Export of a base class");
    }

    [TestMethod]
    public void AValueThatIsOverwrittenInPlaceCannotBeUsedAgain()
    {
        using var network = new Residual(Sequential(ReLU(inplace: true), Linear(3, 3)));
        Assert.AreEqual(
            "The module '(root)' (Residual) uses a value that the module 'body.0' overwrites before: build that one with inplace: false.", Refusal(network));
        using var throughView = new Residual(Sequential(Unflatten(1, [1, 3]), ReLU(inplace: true), Flatten()));
        StringAssert.Contains(Refusal(throughView), "overwrites before");
    }

    [TestMethod]
    public void AChainThatWorksInPlaceIsWritten()
    {
        using var network = Sequential(Linear(3, 3), ReLU(inplace: true), Dropout(inplace: true), Tanh());
        Exported.AssertEqual(network, [3], new OnnxExportOptions(), "in place");
    }

    [TestMethod]
    public void AHardtanhThatComputesNothingIsRefused()
    {
        using var network = Sequential(("limit", Hardtanh()));
        StringAssert.StartsWith(Refusal(network), "The module 'limit' (Hardtanh) is built with inplace: false");
    }

    [TestMethod]
    public void ABatchNormalizationWithoutStatisticsIsRefused()
    {
        using var network = Sequential(("norm", BatchNorm1d(3, track_running_stats: false)));
        StringAssert.StartsWith(Refusal(network), "The module 'norm' (BatchNorm1d) keeps no running statistics");
    }

    [TestMethod]
    public void WeightsOfAnotherTypeAreRefused()
    {
        using var network = Linear(3, 3, dtype: ScalarType.Float64);
        StringAssert.Contains(Refusal(network), "of type Float64, expected Float32");
    }

    [TestMethod]
    [DataRow(4, "takes 4 numbers along the last axis, but gets [batch, 3]")]
    public void ALayerOfAnotherWidthIsRefused(int width, string expected)
    {
        using var network = Linear(width, 2);
        StringAssert.Contains(Refusal(network), expected);
    }

    [TestMethod]
    public void ALimitOnSizeIsASentence()
    {
        using var network = Sequential(Linear(3, 100), Linear(100, 3));
        string message = Assert.ThrowsExactly<OnnxExportException>(
            () => OnnxExporter.ToBytes(network, [3], new OnnxExportOptions { MaxBytes = 2000 })).Message;
        Assert.AreEqual("The module '1' (Linear) brings the weights to 2,800 bytes with its 'weight'; an ONNX file can't hold more than 2,000. Export the network in parts.", message);
    }

    private static string Refusal(Module<Tensor, Tensor> network) =>
        Assert.ThrowsExactly<OnnxExportException>(() => OnnxExporter.ToBytes(network, [3])).Message;

    private sealed class Doubling() : Module<Tensor, Tensor>(nameof(Doubling))
    {
        public override Tensor forward(Tensor input) => input + input;
    }

    private sealed class Backwards : Module<Tensor, Tensor>
    {
        public Backwards(Module<Tensor, Tensor> first, Module<Tensor, Tensor> second)
            : base(nameof(Backwards))
        {
            (First, Second) = (first, second);
            register_module("first", first);
            register_module("second", second);
        }

        public Module<Tensor, Tensor> First { get; }

        public Module<Tensor, Tensor> Second { get; }

        public override Tensor forward(Tensor input) => First.call(Second.call(input));
    }

    private sealed class Blocks : Module<Tensor, Tensor>, IOnnxExportable
    {
        private readonly ModuleList<Module<Tensor, Tensor>> _blocks = ModuleList<Module<Tensor, Tensor>>(Linear(3, 4), Linear(4, 3));
        private readonly ModuleDict<Module<Tensor, Tensor>> _heads = ModuleDict<Module<Tensor, Tensor>>(("code", Linear(3, 2)), ("act", Tanh()));

        public Blocks()
            : base(nameof(Blocks))
        {
            register_module("blocks", _blocks);
            register_module("heads", _heads);
        }

        public override Tensor forward(Tensor input)
        {
            foreach (Module<Tensor, Tensor> block in _blocks)
            {
                input = block.call(input);
            }

            return _heads["act"].call(_heads["code"].call(input));
        }

        public OnnxValue Export(OnnxGraph graph, OnnxValue input)
        {
            for (int i = 0; i < _blocks.Count; i++)
            {
                input = graph.Call($"blocks.{i}", _blocks[i], input);
            }

            return graph.Call("heads.act", _heads["act"], graph.Call("heads.code", _heads["code"], input));
        }
    }

    private sealed class OnlyAList : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> _layers = [Linear(3, 3)];

        public OnlyAList()
            : base(nameof(OnlyAList)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _layers[0].call(input);
    }

    private sealed class Skipping() : Sequential(("dense", Linear(3, 3)))
    {
        public override Tensor forward(Tensor input) => input + base.forward(input);
    }

    private sealed class Named() : Sequential(("dense", Linear(3, 3)), ("activation", Tanh()));

    private class Tripling() : Module<Tensor, Tensor>(nameof(Tripling)), IOnnxExportable
    {
        public override Tensor forward(Tensor input) => input * 3f;

        public OnnxValue Export(OnnxGraph graph, OnnxValue input) => graph.Multiply(input, graph.Scalar(3));
    }

    private sealed class Quadrupling : Tripling
    {
        public override Tensor forward(Tensor input) => input * 4f;
    }
}
