using Google.Protobuf;
using OnnxAE.Inference.Data;
using OnnxAE.Inference.Onnx;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Training;

[TestClass]
public sealed class OnnxVerifierTests
{
    private static readonly ImageSet Images = TinyData.Bars(700); // more than a batch, and no multiple of one

    private string folder = "";

    [TestInitialize]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("onnxae-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestMethod]
    public void ExportedHalvesAndWholeComputeWhatTorchSharpComputes()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        AutoencoderExport.Write(model, "tiny", folder);
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, folder, Images);

        Assert.IsTrue(report.Passed);
        CollectionAssert.AreEqual(
            new[] { ("encoder.onnx", 700, 3), ("features.onnx", 700, 12), ("decoder.onnx", 700, 16), ("autoencoder.onnx", 700, 16) },
            report.Graphs.Select(g => (g.File, g.Rows, (int)g.Cases[0].Shape[1])).ToArray());
        Assert.IsGreaterThan(0.01, report.Graphs.Min(g => g.LargestMagnitude)); // not zeros compared with zeros
        report.ThrowIfFailed();
    }

    [TestMethod]
    [DataRow("encoder.onnx")]
    [DataRow("features.onnx")]
    [DataRow("decoder.onnx")]
    [DataRow("autoencoder.onnx")]
    public void WeightsThatAreOffByAThousandthAreFound(string file)
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        AutoencoderExport.Write(model, "tiny", folder);
        Falsify(Path.Combine(folder, file));
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, folder, Images);

        Assert.IsFalse(report.Passed);
        Assert.AreEqual(file, report.Graphs.Single(g => !g.Passed).File);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(report.ThrowIfFailed);
        StringAssert.Contains(exception.Message, $"'{file}' differs from the trained network");
    }

    [TestMethod]
    public void AGraphOfOtherShapesIsRefused()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var wider = new DenseAutoencoder([16, 5], Activation.ReLU, Activation.ReLU, Activation.Linear);
        AutoencoderExport.Write(wider, "tiny", folder);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(() => OnnxVerifier.VerifyAutoencoder(model, folder, Images));
        StringAssert.Contains(exception.Message, "gives an output of shape [1, 5], the network one of [1, 3]");
    }

    [TestMethod]
    public void ACorruptFileAndAMissingOneAreToldApart()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        string path = Path.Combine(folder, "encoder.onnx");
        Assert.ThrowsExactly<FileNotFoundException>(() => OnnxVerifier.VerifyAutoencoder(model, folder, Images));

        File.WriteAllBytes(path, [1, 2, 3, 4, 5]);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(() => OnnxVerifier.VerifyAutoencoder(model, folder, Images));
        StringAssert.Contains(exception.Message, "is not a model that ONNX Runtime can load");
    }

    [TestMethod]
    public void TheFirstNodeThatDiffersIsNamed()
    {
        using Module<Tensor, Tensor> module = Sequential(
            ("encoder", Sequential(("a", Linear(4, 5)), ("act", Tanh()), ("b", Linear(5, 3)))), ("decoder", Sequential(("c", Linear(3, 4)), ("out", Sigmoid()))));
        string path = Path.Combine(folder, "model.onnx");
        OnnxExporter.Export(module, [4], path);
        Falsify(path, "encoder.b.bias");
        using Tensor rows = rand(10, 4);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsFalse(result.Passed);
        Assert.IsNotNull(result.FirstDifference);
        Assert.AreEqual(("encoder.b/Gemm", "Gemm", "encoder.b", "encoder.act"), (result.FirstDifference.Node, result.FirstDifference.OperatorType, result.FirstDifference.Module, result.FirstDifference.LastEqual));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(new VerificationReport([result]).ThrowIfFailed).Message,
            "from the node 'encoder.b/Gemm' (Gemm) of the module 'encoder.b' on");
    }

    [TestMethod]
    public void BatchesOfSeveralSizesAndEdgeInputsAreCompared()
    {
        using Module<Tensor, Tensor> module = Sequential(Linear(4, 3), ReLU());
        string path = Path.Combine(folder, "model.onnx");
        OnnxExporter.Export(module, [4], path);
        using Tensor rows = rand(70, 4);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);
        CollectionAssert.AreEqual(
            new[] { ("rows of 1", 1), ("rows of 2", 2), ("rows of 7", 7), ("rows of 64", 64), ("all rows", 70), ("zeros", 3), ("ones", 3), ("large", 3), ("tiny", 3), ("NaN", 3) },
            result.Cases.Select(c => (c.Input, c.Rows)).ToArray());
        Assert.IsTrue(result.Cases.All(c => c is { Passed: true, Output: "reconstruction", ElementType: "Float" }));
    }

    [TestMethod]
    public void RoundingThatWeightsEnlargePassesBesideSixtyFourBits()
    {
        using Module<Tensor, Tensor> module = Saturated();
        string path = Path.Combine(folder, "model.onnx");
        OnnxExporter.Export(module, [64], path);
        using Tensor rows = rand(100, 64, generator: new Generator(5));
        string weights = ModuleWeights.Hash(module);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsNotNull(result.Rounded, "the differences are within the gate: the network proves nothing");
        Assert.IsGreaterThan(1, result.Rounded.Excess);
        Assert.IsTrue(result.Passed, $"{result.Worst}");
        Assert.AreEqual(weights, ModuleWeights.Hash(module));
        Assert.IsTrue(module.parameters().All(parameter => parameter.dtype == ScalarType.Float32));
    }

    [TestMethod]
    public void WrongWeightAmongEnlargedRoundingFails()
    {
        using Module<Tensor, Tensor> module = Saturated();
        string path = Path.Combine(folder, "model.onnx");
        OnnxExporter.Export(module, [64], path);
        Falsify(path, "2.bias", by: 0.02f);
        using Tensor rows = rand(100, 64, generator: new Generator(5));
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsFalse(result.Passed);
        Assert.AreEqual("2/Gemm", result.FirstDifference?.Node);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(new VerificationReport([result]).ThrowIfFailed).Message, "from the network in 64-bit floats");
    }

    [TestMethod]
    public void ModuleThatKnowsOnlyThirtyTwoBitsIsHeldToTheGate()
    {
        using var module = new SingleOnly(Saturated());
        string path = Path.Combine(folder, "model.onnx");
        OnnxExporter.Export(module.Inner, [64], path);
        using Tensor rows = rand(100, 64, generator: new Generator(5));
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsFalse(result.Passed);
        Assert.IsNull(result.Worst!.Rounding);
        Assert.IsTrue(module.parameters().All(parameter => parameter.dtype == ScalarType.Float32));
    }

    [TestMethod]
    public void AVariationalNetworkIsExportedWithASampler()
    {
        using var model = new VariationalAutoencoder(
            Sequential(Linear(TinyData.PixelCount, 8), ReLU()), Sequential(Linear(TinyData.CodeSize, TinyData.PixelCount), Sigmoid()), TinyData.PixelCount, 8, TinyData.CodeSize);
        AutoencoderExport.Write(model, "tiny", folder);
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, folder, Images);
        report.ThrowIfFailed();
        Assert.AreEqual(("sampler.onnx", 700), (report.Graphs[^1].File, report.Graphs[^1].Rows));

        Falsify(Path.Combine(folder, "sampler.onnx"), "features.0.weight");
        Assert.AreEqual("features.0/Gemm", OnnxVerifier.VerifyAutoencoder(model, folder, Images).Graphs[^1].FirstDifference?.Node);
    }

    [TestMethod]
    public void AClassifiersWrongNodeIsNamedBehindItsSoftmax()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var classifier = new EncoderClassifier(model.Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        string path = Path.Combine(folder, "classifier.onnx");
        AutoencoderExport.WriteClassifier(classifier, "tiny", path);
        Assert.IsTrue(OnnxVerifier.VerifyClassifier(classifier, path, Images).Passed);

        Falsify(path, "encoder.code.dense2.bias", by: 0.05f);
        Assert.AreEqual("encoder.code.dense2/Gemm", OnnxVerifier.VerifyClassifier(classifier, path, Images).FirstDifference?.Node);
    }

    [TestMethod]
    public void AClassifierIsExportedWithItsSoftmax()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var classifier = new EncoderClassifier(model.Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        string path = Path.Combine(folder, "classifier.onnx");
        AutoencoderExport.WriteClassifier(classifier, "tiny", path);

        using var runner = new GraphRunner(path);
        using Tensor pixels = PixelBatch.Load(Images, 0, 2);
        using Tensor expected = nn.functional.softmax(classifier.call(pixels), 1);
        float[] found = runner.Run([pixels])[0].Values;
        float[] wanted = expected.data<float>().ToArray();
        for (int i = 0; i < wanted.Length; i++)
            Assert.AreEqual(wanted[i], found[i], 1e-6f);
        Assert.AreEqual(2f, found.Sum(), 1e-5f);
    }

    // Weights in the thousands, so that sums in the millions decide about outputs between 0 and 1.
    private static Sequential Saturated()
    {
        manual_seed(1);
        Sequential module = Sequential(Linear(64, 200), Tanh(), Linear(200, 16), Sigmoid());
        using var gradients = no_grad();
        foreach (var (layer, factor) in new[] { ((Linear)module[0], 30f), ((Linear)module[2], 3000f) })
        {
            layer.weight.copy_(layer.weight * factor);
        }

        return module;
    }

    // Adds a thousandth to a bias of the last layer: a weight before a ReLU may belong to a unit that is off.
    private static void Falsify(string path, string? name = null, float by = 0.001f)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        TensorProto weight = name is null ? model.Graph.Initializer[^1] : model.Graph.Initializer.Single(i => i.Name == name);
        float[] values = new float[weight.RawData.Length / sizeof(float)];
        Buffer.BlockCopy(weight.RawData.ToByteArray(), 0, values, 0, weight.RawData.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += by; // all of them: a single one may belong to a unit that no image switches on
        }

        byte[] bytes = new byte[weight.RawData.Length];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        weight.RawData = ByteString.CopyFrom(bytes);
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private sealed class SingleOnly : Module<Tensor, Tensor>
    {
        public SingleOnly(Sequential inner)
            : base(nameof(SingleOnly))
        {
            Inner = inner;
            register_module("inner", inner);
        }

        public Sequential Inner { get; }

        public override Tensor forward(Tensor input) =>
            input.dtype == ScalarType.Float32 ? Inner.call(input) : throw new FormatException("32 bits, please");
    }
}
