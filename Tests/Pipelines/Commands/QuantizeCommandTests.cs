using System.Text.Json.Nodes;
using OnnxAE.Inference;
using OnnxAE.Pipelines;
using OnnxAE.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class QuantizeCommandTests
{
    [TestMethod]
    public async Task ARunGetsSmallerModelsWithTheirFiguresAndStaysARun()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        SyntheticDataSet.Write(folder["other"]);

        PlainConsole console = await PlainConsole.SucceedAsync(
            "onnx", "quantize", folder["run"], "--calibrate", folder["other"], "--rows", "50", "--force", "--json", folder["figures.json"]);
        JsonArray files = JsonNode.Parse(File.ReadAllText(folder["figures.json"]))!["files"]!.AsArray();
        Assert.HasCount(4, files);
        foreach (JsonNode? file in files)
        {
            string name = (string)file!["quantizedFileName"]!;
            Assert.IsTrue((bool)file["kept"]!);
            Assert.AreEqual(new FileInfo(folder[$"run/{name}"]).Length, (long)file["quantizedBytes"]!);
            Assert.IsLessThan(0.3, (double)file["quantizedBytes"]! / (double)file["bytes"]!);
            Assert.AreEqual(0, (int)file["skipped"]!);
            Assert.IsTrue(file["error"] is null || Math.Abs((double)file["error"]! - (double)file["quantizedError"]!) < 0.01);
            Assert.IsTrue(file["accuracy"] is not null || file["error"] is not null);
        }

        Assert.Contains("encoder.int8.onnx", console.Output);
        Assert.IsTrue(RunRecord.Load(folder["run"]).Files.ContainsKey("encoder.int8.onnx"));
    }

    [TestMethod]
    [DataRow(double.PositiveInfinity, false, false)]
    [DataRow(double.PositiveInfinity, true, true)]
    [DataRow(0, false, true)]
    public void AModelThatIsNoFasterIsMeasuredAndNotKept(double keptAbove, bool force, bool isKept)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        RowSet images = RowSet.Load(folder["data/t10k-images-idx3-ubyte"], folder["data/t10k-labels-idx1-ubyte"]);
        File.WriteAllText(folder["run/encoder.int8.onnx"], "of an earlier run");
        var data = new LabeledImages("data", "folder", folder["data"], "", images, images);
        var settings = new QuantizeSettings { CalibrationRows = 20, SpeedRows = 20, Rounds = 1, Draws = 1, KeptAbove = keptAbove, Force = force };

        IReadOnlyList<QuantizedFile> files = new QuantizeRunner(folder["run"], data, settings).Run(new NoProgress(), CancellationToken.None);

        Assert.HasCount(4, files);
        foreach (QuantizedFile file in files)
        {
            Assert.AreEqual(isKept, file.Kept);
            Assert.AreEqual(isKept, File.Exists(folder[$"run/{file.QuantizedFileName}"]));
            Assert.IsGreaterThan(0, file.SpeedRatio!.Value);
        }
    }

    [TestMethod]
    public void TrainingImagesCalibrateAndTheFiguresAreThoseOfTheFileThatWasWritten()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        RowSet test = RowSet.Load(folder["data/t10k-images-idx3-ubyte"], folder["data/t10k-labels-idx1-ubyte"]);
        RowSet train = new(test.AllBytes().Select(pixel => (byte)(pixel > 0 ? 51 : 0)).ToArray(), test.Shape, test.Labels);
        var data = new LabeledImages("data", "folder", folder["data"], "", train, test);
        var settings = new QuantizeSettings
        {
            CalibrationRows = 20,
            SpeedRows = 20,
            Rounds = 1,
            Draws = 2,
            Force = true,
            Options = new OnnxQuantizationOptions { Method = CalibrationMethod.MinMax },
        };
        Dictionary<string, QuantizedFile> files = new QuantizeRunner(folder["run"], data, settings).Run(new NoProgress(), CancellationToken.None).ToDictionary(file => file.File);

        QuantizedFile encoder = files["encoder.onnx"], whole = files["autoencoder.onnx"];
        TensorProto scale = OnnxModelReader.Read(folder["run/encoder.int8.onnx"]).Graph.Initializer.Single(tensor => tensor.Name == "pixels/scale");
        Assert.AreEqual(51 / 255f / 255f, BitConverter.ToSingle(scale.RawData.Span), 1e-9f);
        Assert.AreEqual(FeatureClassifier.Accuracy(data, folder["run/encoder.int8.onnx"], draws: 2, seed: 1), encoder.QuantizedAccuracy);
        double[] draws = [.. new[] { 1, 2 }.Select(seed => FeatureClassifier.Accuracy(data, folder["run/encoder.onnx"], draws: 1, seed))];
        Assert.AreEqual(draws.Average(), encoder.Accuracy!.Value, 1e-9);
        Assert.IsTrue(encoder.Accuracy is > 0 and <= 1);
        Assert.AreNotEqual(whole.Error, whole.QuantizedError);
        Assert.AreNotEqual(encoder.Error, encoder.QuantizedError);
    }

    [TestMethod]
    public void AFileWithNothingToQuantizeIsSaidToBeSoAndTheOthersGoOn()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"], train: 10, test: 40);
        RowSet images = RowSet.Load(folder["data/t10k-images-idx3-ubyte"], folder["data/t10k-labels-idx1-ubyte"]);
        using Module<Tensor, Tensor> encoder = Linear(784, 4), classifier = Sequential(Linear(784, 10), Softmax(1));
        using Module<Tensor, Tensor> decoder = Sequential(Unflatten(1, [1, 2, 2]), ConvTranspose2d(1, 1, 14, stride: 14), Flatten());
        OnnxExporter.Export(encoder, [784], folder["encoder.onnx"], new OnnxExportOptions { OutputName = "code" });
        OnnxExporter.Export(decoder, [4], folder["decoder.onnx"], new OnnxExportOptions { InputName = "code" });
        OnnxExporter.Export(classifier, [784], folder["classifier.onnx"], new OnnxExportOptions { OutputName = "probabilities" });
        File.WriteAllText(folder["decoder.int8.onnx"], "of an earlier run");
        var data = new LabeledImages("data", "folder", folder["data"], "", images, images);
        var settings = new QuantizeSettings { CalibrationRows = 20, SpeedRows = 20, Rounds = 1, Draws = 1, Force = true };

        Dictionary<string, QuantizedFile> files = new QuantizeRunner(folder.Path, data, settings).Run(new NoProgress(), CancellationToken.None).ToDictionary(file => file.File);

        Assert.IsTrue(files["encoder.onnx"].Kept && files["classifier.onnx"].Kept);
        Assert.IsTrue(files["classifier.onnx"] is { Accuracy: >= 0 and <= 1, QuantizedAccuracy: >= 0 and <= 1, Error: null });
        Assert.IsTrue(files["decoder.onnx"] is { Kept: false, Layers: 0, QuantizedBytes: null, SpeedRatio: null, Bytes: > 0 });
        Assert.IsFalse(File.Exists(folder["decoder.int8.onnx"]));
    }

    [TestMethod]
    public async Task NoRowsToCalibrateWithAreWrongUsage()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        await PlainConsole.FailAsync(ExitCode.Usage, "1 or more", "onnx", "quantize", folder["run"], "--calibrate", folder["data"], "--rows", "0");
        Assert.IsFalse(File.Exists(folder["run/encoder.int8.onnx"]));
    }
}
