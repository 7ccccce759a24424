using System.Text.Json;
using OnnxAE.Pipelines.Bench;
using OnnxAE.Pipelines.Cli;

namespace OnnxAE.Tests.Pipelines.Commands;

[TestClass]
public sealed class BenchTrainingCommandTests
{
    [TestMethod]
    [TestCategory("Long")]
    public async Task OurSpeedStandsBesidePyTorchsWhereItIsInstalled()
    {
        using var folder = new TemporaryFolder();
        var console = new PlainConsole();
        int exitCode = await console.RunAsync("bench", "training", "--models", "S2.deep49", "--rounds", "1", "--json", folder["training.json"]);
        Assert.AreEqual("", console.Error);
        Assert.AreEqual(ExitCode.Success, exitCode);
        using var figures = JsonDocument.Parse(File.ReadAllBytes(folder["training.json"]));
        JsonElement model = figures.RootElement.GetProperty("models")[0];
        Assert.IsGreaterThan(0.0, model.GetProperty("samplesPerSecond").GetDouble());
        if (console.Output.Contains(PyTorchPeer.HowToInstall))
        {
            Assert.AreEqual(JsonValueKind.Null, model.GetProperty("ratio").ValueKind);
        }
        else
        {
            Assert.IsGreaterThan(0.0, model.GetProperty("ratio").GetDouble());
        }
    }
}
