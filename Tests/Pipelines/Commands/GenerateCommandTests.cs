using System.Text.Json;
using OnnxAE.Models;
using OnnxAE.Pipelines;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class GenerateCommandTests
{
    [TestMethod]
    public async Task AChosenPointIsDecodedByTheRunsOwnWeights()
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, "linear-2", "at", "--code", "0,2", "--code=-1,0.5");

        Assert.AreEqual((2 + (2 * 30), 32), PngHeader.SizeOf(folder["out.png"]));
        using Autoencoder model = ModelCatalog.Get("linear-2").Create(seed: 1);
        using Tensor code = tensor(new float[] { 0, 2, -1, 0.5f }, [2, 2]);
        using Tensor expected = model.Decoder.call(code);
        float[] pixels = [.. figures.GetProperty("pixels").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(p => p.GetSingle()))];
        foreach ((float a, float b) in expected.data<float>().ToArray().Zip(pixels))
        {
            Assert.AreEqual(a, b, 1e-5f);
        }
    }

    [TestMethod]
    public async Task DrawsBelongToTheirSeed()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "sparse-16", "sample", "--count", "5", "--seed", "3");
        byte[] first = File.ReadAllBytes(folder["out.png"]);
        Assert.AreEqual((92, 62), PngHeader.SizeOf(folder["out.png"])); // 3 columns and 2 rows of 28 + 2

        await RunAsync(folder, null, "sample", "--count", "5", "--seed", "3");
        CollectionAssert.AreEqual(first, File.ReadAllBytes(folder["out.png"]));
        await RunAsync(folder, null, "sample", "--count", "5", "--seed", "4");
        CollectionAssert.AreNotEqual(first, File.ReadAllBytes(folder["out.png"]));
    }

    [TestMethod]
    public async Task TheWayBetweenTwoImagesStartsAndEndsAtTheirReconstructions()
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, "sparse-16", "interpolate", "--from", "1", "--to", "7", "--steps", "5");

        Assert.AreEqual((2 + (5 * 30), 2 + (2 * 30)), PngHeader.SizeOf(folder["out.png"]));
        float[][] codes = [.. figures.GetProperty("codes").EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetSingle()).ToArray())];
        CollectionAssert.AreEqual(codes[0], codes[5]);
        foreach ((float line, float arc) in codes[4].Zip(codes[9]))
        {
            Assert.AreEqual(line, arc, 1e-5f);
        }
    }

    [TestMethod]
    public async Task TheGridFollowsQuantilesUnlessARangeIsNamed()
    {
        using var folder = new TemporaryFolder();
        JsonElement quantiles = await RunAsync(folder, "linear-2", "grid", "--size", "4");
        Assert.AreEqual(-1.6449, quantiles.GetProperty("values")[0].GetDouble(), 1e-3);
        Assert.AreEqual((2 + (4 * 30), 2 + (4 * 30)), PngHeader.SizeOf(folder["out.png"]));

        JsonElement wide = await RunAsync(folder, null, "grid", "--size", "4", "--range", "15");
        Assert.AreEqual(-15, wide.GetProperty("values")[0].GetDouble());
    }

    [TestMethod]
    [DataRow("at --code 1,2,3", "A code of 3 numbers was given; the codes of")]
    [DataRow("at --code 1,x", "'x' in --code '1,x' is no number")]
    [DataRow("interpolate --to 40", "There is no test image 40; the last of 40 is 39;")]
    [DataRow("grid --dimensions 0,2", "--dimensions '0,2' are not two different dimensions of a code of 2")]
    [DataRow("grid --range -1", "--range must be a number above 0, not -1")]
    [DataRow("sample --count 0", "--count must be between 1 and 10000, not 0")]
    [DataRow("sample --out nowhere/a.png", "The folder of --out 'nowhere/a.png' does not exist")]
    public async Task BadInputIsAnsweredWithOneSentence(string arguments, string sentence)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "linear-2");
        string[] words = arguments.Split(' ');
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, ["generate", words[0], folder["run"], .. words[1..]]);
    }

    [TestMethod]
    public async Task APictureThatWouldBeTooLargeIsRefused()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "linear-2");
        await PlainConsole.FailAsync(
            ExitCode.Usage, "choose a smaller --zoom", "generate", "grid", folder["run"], "--out", folder["out.png"], "--size", "100", "--zoom", "16");
    }

    [TestMethod]
    public async Task ARunWithoutADecoderSaysSo()
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "linear-2");
        File.Delete(folder["run/decoder.onnx"]);
        await PlainConsole.FailAsync(ExitCode.Usage, "has no decoder.onnx", "generate", "sample", folder["run"], "--out", folder["out.png"]);
    }

    // Runs the command on a new untrained run, or on the one that is there, and returns its figures.
    private static async Task<JsonElement> RunAsync(TemporaryFolder folder, string? id, string command, params string[] arguments)
    {
        if (id is not null)
        {
            UntrainedRun.Write(folder, id);
        }

        return await PlainConsole.FiguresAsync(folder, ["generate", command, folder["run"], "--out", folder["out.png"], "--zoom", "1", .. arguments]);
    }
}
