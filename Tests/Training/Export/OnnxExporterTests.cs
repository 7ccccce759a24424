using OnnxAE.Inference;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxExporterTests
{
    // A change of these bytes is a change of what users get: look at the difference before replacing the file.
    private const string GoldenFile = "Training/Golden/tiny-exported.onnx";

    [TestMethod]
    public void ATinyModelIsWrittenToTheExpectedBytes()
    {
        using Module<Tensor, Tensor> module = Sequential(
            ("flat", Flatten()), ("dense", Counting(4, 2)), ("act", ReLU()), ("drop", Dropout()), ("out", Sequential(Counting(2, 1, hasBias: false), Sigmoid())));
        using var stream = new MemoryStream();
        OnnxExporter.Export(module, [2, 2], stream, new OnnxExportOptions
        {
            InputName = "x",
            OutputName = "y",
            GraphName = "tiny",
            Description = "a golden file",
            ProducerVersion = "test",
            Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
        });

        string golden = Path.Combine(AppContext.BaseDirectory, GoldenFile);
        File.WriteAllBytes(golden + ".actual", stream.ToArray()); // to look at when they differ
        CollectionAssert.AreEqual(File.ReadAllBytes(golden), stream.ToArray());
    }

    [TestMethod]
    public void TheFileHasOpset17AFreeBatchNamedTensorsAndSortedMetadata()
    {
        using var module = Counting(3, 2);
        ModelProto model = Export(module, [3], new OnnxExportOptions
        {
            InputName = OnnxNames.Pixels,
            OutputName = OnnxNames.Code,
            Metadata = new Dictionary<string, string> { ["z"] = "1", ["a"] = "2" },
        });

        Assert.AreEqual((8L, 17L), (model.IrVersion, model.OpsetImport.Single().Version));
        Assert.AreEqual("pixels", model.Graph.Input.Single().Name);
        Assert.AreEqual("code", model.Graph.Output.Single().Name);
        Assert.AreEqual("batch", model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.AreEqual(2L, model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue);
        CollectionAssert.AreEqual(new[] { "a", "z" }, model.MetadataProps.Select(p => p.Key).ToArray());
        Assert.IsTrue(model.Graph.Initializer.All(i => i.HasRawData && i.DataLocation == TensorProto.Types.DataLocation.Default));
    }

    [TestMethod]
    public void AModuleThatDoesNothingIsStillAValidGraph()
    {
        using var module = Sequential(Identity(), Dropout());
        ModelProto model = Export(module, [3], new OnnxExportOptions());
        Assert.AreEqual("Identity", model.Graph.Node.Single().OpType);
    }

    [TestMethod]
    public void AnUnknownModuleIsNamedWithItsPathAndWhatToDo()
    {
        using var module = Sequential(("first", Counting(3, 3)), ("inner", Sequential(("odd", new Doubling()))));
        OnnxExportException exception = Assert.ThrowsExactly<OnnxExportException>(() => Export(module, [3], new OnnxExportOptions()));
        StringAssert.StartsWith(exception.Message, "The module 'inner.odd' (Doubling) can't be exported to ONNX: nothing is known of what it computes. Say how: OnnxModules.Default.Register<Doubling>(");
    }

    [TestMethod]
    public void ALinearBehindAPictureAsksForAFlatten()
    {
        using var module = Sequential(("dense", Counting(4, 2)));
        OnnxExportException exception = Assert.ThrowsExactly<OnnxExportException>(() => Export(module, [2, 2], new OnnxExportOptions()));
        StringAssert.Contains(exception.Message, "put a Flatten before it");
    }

    [TestMethod]
    public void AFailedExportLeavesNoFile()
    {
        string folder = Directory.CreateTempSubdirectory("onnxae-test-").FullName;
        try
        {
            using var module = new Doubling();
            Assert.ThrowsExactly<OnnxExportException>(() => OnnxExporter.Export(module, [3], Path.Combine(folder, "model.onnx")));
            Assert.IsEmpty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelProto Export(Module<Tensor, Tensor> module, long[] shape, OnnxExportOptions options)
    {
        using var stream = new MemoryStream();
        OnnxExporter.Export(module, shape, stream, options);
        return ModelProto.Parser.ParseFrom(stream.ToArray());
    }

    // Weights 0.5, 1, 1.5, ...: the golden file depends on no random generator.
    private static TorchSharp.Modules.Linear Counting(int inputs, int outputs, bool hasBias = true)
    {
        TorchSharp.Modules.Linear linear = Linear(inputs, outputs, hasBias);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (TorchSharp.Modules.Parameter parameter in linear.parameters())
        {
            parameter.copy_((arange(1, parameter.numel() + 1, dtype: ScalarType.Float32) * 0.5f).reshape(parameter.shape));
        }

        return linear;
    }

    private sealed class Doubling() : Module<Tensor, Tensor>(nameof(Doubling))
    {
        public override Tensor forward(Tensor input) => input + input;
    }
}
