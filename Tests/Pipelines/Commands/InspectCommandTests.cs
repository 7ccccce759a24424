using System.Text.Json;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class InspectCommandTests
{
    [TestMethod]
    public async Task CodesAreShownBetweenImagesAndReconstructions()
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, "sigmoid-64", "codes", "--count", "6");
        Assert.AreEqual((2 + (6 * 30), 2 + (3 * 30)), PngHeader.SizeOf(folder["out.png"])); // a code of 64 is 8x8, three times enlarged
        Assert.AreEqual(6, figures.GetProperty("codes").GetArrayLength());
        Assert.AreEqual(64, figures.GetProperty("codes")[0].GetArrayLength());
    }

    [TestMethod]
    public async Task DamagedImagesGetARowOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder, "dense-49-denoise", "codes", "--count", "3", "--corruption", "run");
        Assert.AreEqual((2 + (3 * 30), 2 + (4 * 30)), PngHeader.SizeOf(folder["out.png"]));
    }

    [TestMethod]
    public async Task EveryDimensionIsExploredOnceAndTheMeanCodeComesFirst()
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, "sparse-16", "units");
        Assert.AreEqual((2 + (5 * 30), 2 + (4 * 30)), PngHeader.SizeOf(folder["out.png"])); // 17 pictures in rows of 5
        Assert.AreEqual(16, figures.GetProperty("maximum").GetArrayLength());
    }

    [TestMethod]
    [DataRow("linear-2", "code", "0,1")]
    [DataRow("sparse-16", "code", "principal components")]
    [DataRow("sparse-16", "features", "principal components")]
    [DataRow("sparse-16", "pixels", "principal components")]
    public async Task CodesOfTwoArePlottedAsTheyAreAndLongerOnesByPrincipalComponents(string id, string of, string axes)
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, id, "scatter", "--of", of, "--count", "30", "--size", "128");
        Assert.AreEqual((128, 128), PngHeader.SizeOf(folder["out.png"]));
        Assert.AreEqual(axes, figures.GetProperty("axes").GetString());
        Assert.AreEqual(30, figures.GetProperty("points").GetArrayLength());
        Assert.AreEqual(3, figures.GetProperty("labels")[3].GetInt32());
    }

    [TestMethod]
    public async Task DimensionsCanBeChosen()
    {
        using var folder = new TemporaryFolder();
        JsonElement figures = await RunAsync(folder, "sparse-16", "scatter", "--dimensions", "2,8", "--count", "30");
        Assert.AreEqual("2,8", figures.GetProperty("axes").GetString());
    }

    [TestMethod]
    [DataRow("codes --count 41", "41 images are asked for; the test images of")]
    [DataRow("codes --corruption run", "The run was trained on clean images")]
    [DataRow("scatter --dimensions 0,0", "--dimensions '0,0' are not two different dimensions")]
    [DataRow("codes --corruption smoke(1)", "'smoke(1)' is not a corruption")]
    [DataRow("scatter --of labels", "--of must be one of code, features, pixels, not 'labels'")]
    public async Task BadInputIsAnsweredWithOneSentence(string arguments, string sentence)
    {
        using var folder = new TemporaryFolder();
        UntrainedRun.Write(folder, "linear-2");
        string[] words = arguments.Split(' ');
        await PlainConsole.FailAsync(ExitCode.Usage, sentence, ["inspect", words[0], folder["run"], "--out", folder["out.png"], .. words[1..]]);
        Assert.IsFalse(File.Exists(folder["out.png"]));
    }

    private static async Task<JsonElement> RunAsync(TemporaryFolder folder, string id, string command, params string[] arguments)
    {
        UntrainedRun.Write(folder, id);
        string[] zoom = command == "scatter" ? [] : ["--zoom", "1"];
        return await PlainConsole.FiguresAsync(folder, ["inspect", command, folder["run"], "--out", folder["out.png"], .. zoom, .. arguments]);
    }
}
