using System.Text.Json.Nodes;
using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class VerifyCommandTests
{
    [TestMethod]
    public async Task UntouchedRunPasses()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        PlainConsole console = await PlainConsole.SucceedAsync("verify", folder["run"], "--dataset", folder["data"]);
        Assert.IsTrue(console.Output.Split('\n').Any(line => line.Contains("encoder.onnx", StringComparison.Ordinal) && line.Contains("float [30]", StringComparison.Ordinal)), console.Output);
        Assert.DoesNotContain("FAILED", console.Output);
    }

    [TestMethod]
    public async Task FileOfOtherWeightsFails()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        using (Autoencoder other = ModelCatalog.Get("dense-30").Create(seed: 2))
        {
            AutoencoderExport.Write(other, "dense-30", folder["run"]);
        }

        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("verify", folder["run"], "--dataset", folder["data"], "--json", folder["report.json"]));
        Assert.HasCount(1, console.ErrorLines);
        Assert.Contains("FAILED", console.Output);
        JsonNode report = JsonNode.Parse(File.ReadAllText(folder["report.json"]))!;
        Assert.IsFalse((bool)report["passed"]!);
        Assert.IsNotNull((string?)report["graphs"]![0]!["firstDifference"]!["node"]);
    }

    [TestMethod]
    public async Task ExportWithoutVerifyingSaysSoInTheModelCard()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        await PlainConsole.SucceedAsync("export", folder["run"], "--data", folder["data"]);
        Assert.Contains("encoder.onnx: passed", File.ReadAllText(folder["run/model-card.md"]));
        await PlainConsole.SucceedAsync("export", folder["run"], "--no-verify");
        Assert.Contains("they were not compared when they were exported", File.ReadAllText(folder["run/model-card.md"]));
    }

    [TestMethod]
    [DataRow(13)]
    [DataRow(21)]
    public async Task ExportWritesTheOperatorSetThatIsAskedFor(int opset)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        await PlainConsole.SucceedAsync("export", folder["run"], "--data", folder["data"], "--opset", $"{opset}");
        foreach (string file in Directory.GetFiles(folder["run"], "*.onnx"))
        {
            Assert.AreEqual(opset, OnnxModelInfo.Read(file).Opsets["ai.onnx"]);
        }
    }

    [TestMethod]
    [DataRow("code", 30)]
    [DataRow("map", 500)]
    public async Task ExportWritesTheLayerThatIsAskedForAndLeavesTheRunAlone(string layer, int size)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        string before = File.ReadAllText(folder["run/run.json"]);
        PlainConsole console = await PlainConsole.SucceedAsync("export", folder["run"], "--data", folder["data"], "--layer", layer, "--mirror", "--out", folder["layer.onnx"]);
        OnnxModelInfo model = OnnxModelInfo.Read(folder["layer.onnx"]);
        Assert.AreEqual(size, model.Outputs.Single().Shape[1].Size);
        Assert.AreEqual("average", model.Metadata["onnxae.mirror"]);
        Assert.AreEqual(before, File.ReadAllText(folder["run/run.json"]));
        Assert.Contains("mirrored.onnx", console.Output);
        Assert.DoesNotContain("not verified", console.Output);
    }

    [TestMethod]
    public async Task ALayerThatIsNotVerifiedIsSaidToBe()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        PlainConsole console = await PlainConsole.SucceedAsync("export", folder["run"], "--layer", "code", "--out", folder["layer.onnx"], "--no-verify");
        Assert.Contains("not verified", console.Output);
    }

    [TestMethod]
    public async Task FilesOfIntegersGoWithTheFilesThatTheyWereMadeOf()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30", others: "encoder.int8.onnx");
        PlainConsole console = await PlainConsole.SucceedAsync("export", folder["run"], "--no-verify");
        Assert.IsFalse(File.Exists(folder["run/encoder.int8.onnx"]));
        Assert.Contains("quantize the run again", console.Output);
    }

    [TestMethod]
    [DataRow("--layer map")]
    [DataRow("--out layer.onnx")]
    [DataRow("--mirror")]
    public async Task HalfOfWhatALayerNeedsIsAUsageError(string options) =>
        Assert.AreEqual(ExitCode.Usage, await new PlainConsole().RunAsync(["export", "any", .. options.Split(' ')]));

    [TestMethod]
    public async Task ExportWritesNamesBatchMetadataAndDescriptionThatAreAskedFor()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        await PlainConsole.SucceedAsync(
            "export", folder["run"], "--data", folder["data"], "--name", "pixels=image", "--name", "code=z", "--fixed-batch", "6", "--metadata", "team=vision", "--description", "ours");

        OnnxModelInfo encoder = OnnxModelInfo.Read(folder["run/encoder.onnx"]);
        Assert.AreEqual(("image: float [6, 784]", "z: float [6, 30]"), ($"{encoder.Inputs.Single()}", $"{encoder.Outputs.Single()}"));
        Assert.AreEqual(("vision", "encoder", "ours"), (encoder.Metadata["team"], encoder.Metadata["onnxae.role"], encoder.Description));
        Assert.AreEqual("z: float [6, 30]", $"{OnnxModelInfo.Read(folder["run/decoder.onnx"]).Inputs.Single()}");
        Assert.Contains("encoder.onnx: passed: 40 rows", File.ReadAllText(folder["run/model-card.md"]));
        await PlainConsole.SucceedAsync("verify", folder["run"], "--dataset", folder["data"]);
    }

    [TestMethod]
    [DataRow("--name", "pixel=image")]
    [DataRow("--name", "pixels")]
    [DataRow("--metadata", "team")]
    [DataRow("--fixed-batch", "0")]
    public async Task GraphOptionThatMakesNoSenseIsAUsageError(string option, string value)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        Assert.AreEqual(ExitCode.Usage, await new PlainConsole().RunAsync("export", folder["run"], "--data", folder["data"], option, value));
    }

    [TestMethod]
    [DataRow("12")]
    [DataRow("22")]
    [DataRow("new")]
    public async Task OperatorSetThatCannotBeWrittenIsAUsageError(string opset) =>
        Assert.AreEqual(ExitCode.Usage, await new PlainConsole().RunAsync("export", "any", "--opset", opset));

    [TestMethod]
    public async Task ExchangedWeightsAreNotEvenRead()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "dense-30");
        File.WriteAllBytes(folder["run/weights.dat"], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F]);

        await PlainConsole.FailAsync(ExitCode.Failure, "SHA-256", "verify", folder["run"], "--dataset", folder["data"]);
    }

    [TestMethod]
    public async Task FolderThatIsNoRunIsRefused()
    {
        using var folder = new TemporaryFolder();
        await PlainConsole.FailAsync(ExitCode.Failure, "run.json", "verify", folder.Path);
    }
}
