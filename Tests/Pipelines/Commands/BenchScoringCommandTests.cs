using System.Text.Json;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Tests.Pipelines.Commands;

[TestClass]
public sealed class BenchScoringCommandTests
{
    [TestMethod]
    [TestCategory("Long")]
    [DoNotParallelize] // allocations are counted for the whole process
    public async Task RatiosAndAllocationsAreWritten()
    {
        using var folder = new TemporaryFolder();
        var console = new PlainConsole();
        int exitCode = await console.RunAsync("bench", "scoring", "--models", "S0.mlp", "--rows", "2000", "--rounds", "1", "--json", folder["scoring.json"]);
        Assert.AreEqual("", console.Error);
        Assert.AreEqual(ExitCode.Success, exitCode);
        using var figures = JsonDocument.Parse(File.ReadAllBytes(folder["scoring.json"]));
        JsonElement model = figures.RootElement.GetProperty("models")[0];
        Assert.AreEqual("S0.mlp", model.GetProperty("id").GetString());
        foreach (string ratio in new[] { "ratioToRaw", "ratioToStock", "ratioToTunedStock", "processorRatioToRaw", "bytesPerRow", "firstRowMilliseconds" })
        {
            Assert.IsGreaterThan(0.0, model.GetProperty(ratio).GetDouble());
        }

        JsonElement bytes = model.GetProperty("aims").EnumerateArray().Single(aim => aim.GetProperty("figure").GetString() == "bytes allocated a row");
        Assert.IsTrue(bytes.GetProperty("isMet").GetBoolean());
    }
}
