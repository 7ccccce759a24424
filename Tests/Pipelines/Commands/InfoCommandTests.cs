using System.Text.Json.Nodes;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class InfoCommandTests
{
    [TestMethod]
    public async Task WithoutAFileTheLibrariesAreListed()
    {
        PlainConsole console = await PlainConsole.SucceedAsync("info");
        foreach (string library in new[] { "Microsoft.ML  ", "ONNX Runtime", "TorchSharp", "libtorch", ".NET" })
        {
            Assert.Contains(library, console.Output);
        }
    }

    [TestMethod]
    public async Task ExportedEncoderShowsShapesOpsetAndMetadata()
    {
        using var folder = new TemporaryFolder();
        WriteEncoder(folder);
        PlainConsole console = await PlainConsole.SucceedAsync("info", folder["encoder.onnx"], "--json", folder["info.json"]);

        Assert.Contains("pixels: float [batch, 784]", console.Output);
        Assert.Contains("code: float [batch, 30]", console.Output);
        JsonNode model = JsonNode.Parse(File.ReadAllText(folder["info.json"]))!["model"]!;
        Assert.AreEqual(17, (int?)model["opsets"]!["ai.onnx"]);
        Assert.AreEqual(8, (int?)model["irVersion"]);
        Assert.AreEqual("dense-30-denoise", (string?)model["metadata"]!["onnxae.architecture"]);
        Assert.AreEqual((784 * 1000) + 1000 + (1000 * 500) + 500 + (500 * 30) + 30, (int?)model["parameters"]);
    }

    [TestMethod]
    public async Task DamagedFilesEndWithOneSentenceAndNothingWritten()
    {
        using var folder = new TemporaryFolder();
        WriteEncoder(folder);
        byte[] whole = File.ReadAllBytes(folder["encoder.onnx"]);
        byte[][] damaged = [[], [0x50, 0x4B, 3, 4, 9, 9, 9], whole[..(whole.Length / 2)], whole[..^1], [.. whole.Reverse()]];
        foreach (byte[] bytes in damaged)
        {
            File.WriteAllBytes(folder["damaged.onnx"], bytes);
            await PlainConsole.FailAsync(ExitCode.Failure, "damaged.onnx", "info", folder["damaged.onnx"], "--json", folder["info.json"]);
            Assert.IsFalse(File.Exists(folder["info.json"]));
        }
    }

    [TestMethod]
    public async Task MissingFileIsNamed()
    {
        await PlainConsole.FailAsync(ExitCode.Failure, "/nowhere/encoder.onnx", "info", "/nowhere/encoder.onnx");
    }

    private static void WriteEncoder(TemporaryFolder folder)
    {
        using Autoencoder model = ModelCatalog.Get("dense-30-denoise").Create(seed: 1);
        AutoencoderExport.Write(model, "dense-30-denoise", folder.Path);
    }
}
