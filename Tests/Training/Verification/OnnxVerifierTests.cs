using Google.Protobuf;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxVerifierTests
{
    private static readonly RowSet Images = TinyData.Bars(700); // more than a batch, and no multiple of one

    private string _folder = "";

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("onnxae-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void ExportedHalvesAndWholeComputeWhatTorchSharpComputes()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        AutoencoderExport.Write(model, "tiny", _folder);
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, _folder, Images);

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
        AutoencoderExport.Write(model, "tiny", _folder);
        Falsify(Path.Combine(_folder, file));
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, _folder, Images);

        Assert.IsFalse(report.Passed);
        Assert.AreEqual(file, report.Graphs.Single(g => !g.Passed).File);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(report.ThrowIfFailed);
        StringAssert.Contains(exception.Message, $"'{file}' differs from the trained network");
    }

    [TestMethod]
    public void AGraphOfOtherShapesFails()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var wider = new DenseAutoencoder([16, 5], Activation.ReLU, Activation.ReLU, Activation.Linear);
        AutoencoderExport.Write(wider, "tiny", _folder);
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, _folder, Images);
        Assert.AreEqual("it gives Float [1, 5], the network Float32 [1, 3]", report.Graphs[0].Cases[0].Mismatch);
        Assert.AreEqual(double.PositiveInfinity, report.Graphs[0].MaxAbsoluteDifference);
        StringAssert.Contains(report.Failure, "gives Float [1, 5], the network Float32 [1, 3] (input: rows of 1), from the node");
        GraphVerification decoder = report.Graphs.Single(graph => graph.File == "decoder.onnx"); // it takes codes of 5
        StringAssert.Contains(decoder.Worst!.Mismatch, "can't be run on an input of shape [1, 3]");
        Assert.IsNull(decoder.FirstDifference);
    }

    [TestMethod]
    public void AGraphOfAnotherTypeFailsFromTheNodeOnThatMakesIt()
    {
        using Module<Tensor, Tensor> module = Sequential(Linear(4, 3), Tanh());
        string path = Path.Combine(_folder, "model.onnx");
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExporter.ToBytes(module, [4]));
        model.Graph.Node[^1].Output[0] = "floats";
        NodeProto cast = new() { Name = "whole", OpType = "Cast", Input = { "floats" }, Output = { model.Graph.Output[0].Name } };
        cast.Attribute.Add(new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = (long)TensorProto.Types.DataType.Int64 });
        model.Graph.Node.Add(cast);
        model.Graph.Output[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Int64;
        model.Graph.ValueInfo.Add(model.Graph.Output[0].Clone()); // as other programs leave it
        File.WriteAllBytes(path, model.ToByteArray());
        using Tensor rows = rand(3, 4);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);
        Assert.AreEqual("it gives Int64 [1, 3], the network Float32 [1, 3]", result.Worst!.Mismatch);
        Assert.AreEqual("whole", result.FirstDifference!.Node);
    }

    [TestMethod]
    public void AnOverflowingUnitHidesNoWrongBias()
    {
        using Sequential module = Sequential(Linear(4, 2), ReLU());
        using (no_grad())
        {
            ((Linear)module[0]).weight.narrow(0, 0, 1).fill_(3e38);
        }

        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(module, [4], path);
        using Tensor rows = rand(10, 4) + 1;
        Assert.IsTrue(OnnxVerifier.Verify(module, path, rows).Passed);
        Falsify(path, "0.bias", by: 1);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);
        Assert.IsFalse(result.Cases[0].Passed); // real rows, which overflow
        Assert.AreEqual("0/Gemm", result.FirstDifference?.Node);
    }

    [TestMethod]
    public void AModuleUnderTwoNamesIsNotTakenForTheNodeThatDiffers()
    {
        using Linear shared = Linear(4, 4);
        using Module<Tensor, Tensor> module = Sequential(("a", shared), ("act", Tanh()), ("b", shared), ("c", Linear(4, 3)));
        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(module, [4], path);
        Falsify(path, "c.bias", by: 1);
        using Tensor rows = rand(10, 4);
        NodeDifference? found = OnnxVerifier.Verify(module, path, rows).FirstDifference;
        Assert.AreEqual(("c/Gemm", "act"), (found?.Node, found?.LastEqual));
    }

    [TestMethod]
    public void AModelWithWeightsInOtherFilesIsRefused()
    {
        using Module<Tensor, Tensor> module = Linear(4, 3);
        string path = Path.Combine(_folder, "model.onnx");
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExporter.ToBytes(module, [4]));
        model.Graph.Initializer[0].RawData = ByteString.Empty;
        model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External;
        model.Graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../elsewhere" });
        File.WriteAllBytes(path, model.ToByteArray());
        using Tensor rows = rand(3, 4);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxVerifier.Verify(module, path, rows)).Message, "in another file");
    }

    [TestMethod]
    public void ALayerAveragedOverMirrorImagesIsComparedWithTheMeanOfBoth()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        model.InputShape = [1, 4, 4];
        AutoencoderExport.Write(model, "tiny", _folder);
        string encoder = Path.Combine(_folder, "encoder.onnx"), mirrored = Path.Combine(_folder, "mirrored.onnx");
        File.WriteAllBytes(mirrored, OnnxEncoders.MirrorAverage(encoder));
        Assert.IsTrue(OnnxVerifier.VerifyMirrored(model.Encoder, mirrored, Images).Passed);
        Assert.IsFalse(OnnxVerifier.VerifyMirrored(model.Encoder, encoder, Images).Passed);
    }

    [TestMethod]
    public void ACorruptFileAndAMissingOneAreToldApart()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        string path = Path.Combine(_folder, "encoder.onnx");
        Assert.ThrowsExactly<FileNotFoundException>(() => OnnxVerifier.VerifyAutoencoder(model, _folder, Images));

        File.WriteAllBytes(path, [1, 2, 3, 4, 5]);
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(() => OnnxVerifier.VerifyAutoencoder(model, _folder, Images));
        StringAssert.Contains(exception.Message, "is not a whole ONNX file");
    }

    [TestMethod]
    public void TheFirstNodeThatDiffersIsNamed()
    {
        using Module<Tensor, Tensor> module = Sequential(
            ("encoder", Sequential(("a", Linear(4, 5)), ("act", Tanh()), ("b", Linear(5, 3)))), ("decoder", Sequential(("c", Linear(3, 4)), ("out", Sigmoid()))));
        string path = Path.Combine(_folder, "model.onnx");
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
    [DataRow(70)]
    [DataRow(3)]
    public void BatchesOfSeveralSizesAndEdgeInputsAreCompared(int count)
    {
        using Module<Tensor, Tensor> module = Sequential(Linear(4, 3), ReLU());
        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(module, [4], path);
        using Tensor rows = rand(count, 4);
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);
        CollectionAssert.AreEqual(
            new[] { ("rows of 1", 1), ("rows of 2", 2), ("rows of 7", Math.Min(count, 7)), ("rows of 64", Math.Min(count, 64)), ("all rows", count), ("zeros", 16), ("ones", 16), ("large", 16), ("tiny", 16), ("NaN", 16) },
            result.Cases.Select(c => (c.Input, c.Rows)).ToArray());
        Assert.AreEqual(64, result.Cases[3].Shape[0]); // real ones, and the last of them again
        Assert.IsTrue(result.Cases.All(c => c is { Passed: true, Output: "reconstruction", ElementType: "Float" }));
    }

    [TestMethod]
    public void RoundingThatWeightsEnlargePassesAndTheModuleStaysAsItIs()
    {
        using var module = new SingleOnly(Cancelling());
        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(module.Inner, [64], path);
        using Tensor rows = rand(2000, 64, generator: new Generator(5));
        string weights = ModuleWeights.Hash(module);
        Tensor[] parameters = [.. module.parameters()];
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsNotNull(result.Rounded, "the differences are within the gate: the network proves nothing");
        Assert.IsTrue(result.Passed, $"{result.Worst}");
        Assert.AreEqual(weights, ModuleWeights.Hash(module));
        Assert.IsTrue(module.parameters().Zip(parameters, ReferenceEquals).All(same => same));
    }

    [TestMethod]
    public void WrongWeightAmongEnlargedRoundingFails()
    {
        using Module<Tensor, Tensor> module = Cancelling();
        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(module, [64], path);
        Falsify(path, "2.bias", by: 0.02f);
        using Tensor rows = rand(2000, 64, generator: new Generator(5));
        GraphVerification result = OnnxVerifier.Verify(module, path, rows);

        Assert.IsFalse(result.Passed);
        Assert.AreEqual("2/Gemm", result.FirstDifference?.Node);
    }

    [TestMethod]
    public void AVariationalNetworkIsExportedWithASampler()
    {
        using var model = new VariationalAutoencoder(
            Sequential(Linear(TinyData.PixelCount, 8), ReLU()), Sequential(Linear(TinyData.CodeSize, TinyData.PixelCount), Sigmoid()), TinyData.PixelCount, 8, TinyData.CodeSize);
        AutoencoderExport.Write(model, "tiny", _folder);
        VerificationReport report = OnnxVerifier.VerifyAutoencoder(model, _folder, Images);
        report.ThrowIfFailed();
        Assert.AreEqual(("sampler.onnx", 700), (report.Graphs[^1].File, report.Graphs[^1].Rows));

        Falsify(Path.Combine(_folder, "sampler.onnx"), "features.0.weight");
        Assert.AreEqual("features.0/Gemm", OnnxVerifier.VerifyAutoencoder(model, _folder, Images).Graphs[^1].FirstDifference?.Node);
    }

    [TestMethod]
    public void AClassifiersWrongNodeIsNamedBehindItsSoftmax()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var classifier = new EncoderClassifier(model.Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        string path = Path.Combine(_folder, "classifier.onnx");
        AutoencoderExport.WriteClassifier(classifier, "tiny", path);
        Assert.IsTrue(NetworkGraph.Classifier(classifier).Verify(path, Images, CancellationToken.None).Passed);

        Falsify(path, "encoder.code.dense2.bias", by: 0.05f);
        Assert.AreEqual("encoder.code.dense2/Gemm", NetworkGraph.Classifier(classifier).Verify(path, Images, CancellationToken.None).FirstDifference?.Node);
    }

    [TestMethod]
    public void AClassifierIsExportedWithItsSoftmax()
    {
        using DenseAutoencoder model = TinyData.Autoencoder();
        using var classifier = new EncoderClassifier(model.Encoder, TinyData.PixelCount, TinyData.CodeSize, classCount: 4);
        string path = Path.Combine(_folder, "classifier.onnx");
        AutoencoderExport.WriteClassifier(classifier, "tiny", path);

        using var runner = new GraphRunner(path);
        using Tensor pixels = RowTensor.Load(Images, 0, 2);
        using Tensor expected = nn.functional.softmax(classifier.call(pixels), 1);
        float[] found = runner.Run([pixels])[0].Values;
        float[] wanted = expected.data<float>().ToArray();
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.AreEqual(wanted[i], found[i], 1e-6f);
        }

        Assert.AreEqual(2f, found.Sum(), 1e-5f);
    }

    // Large terms of both signs: their rounding is about 5e-4, and some of the many sums are so near zero that the gate allows
    // 1e-5. So a few of them differ by more than the gate allows, in whatever order a library adds.
    private static Sequential Cancelling()
    {
        manual_seed(1);
        Sequential module = Sequential(Linear(64, 200), Tanh(), Linear(200, 64));
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
