using System.Text.Json.Nodes;
using OnnxAE.Models;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ModelsCommandTests
{
    [TestMethod]
    public async Task TheCatalogueFitsATerminalOfEightyColumns()
    {
        var console = new PlainConsole();
        console.Context.Console.Profile.Width = 80;

        Assert.AreEqual(ExitCode.Success, await console.RunAsync("models"));

        Assert.IsLessThanOrEqualTo(80, console.Output.Split('\n').Max(line => line.TrimEnd().Length));
        foreach (Architecture architecture in ModelCatalog.All)
        {
            Assert.Contains(architecture.Name, console.Output);
            Assert.Contains(architecture.Alias!, console.Output);
        }
    }

    [TestMethod]
    [DataRow("sigmoid-64")]
    [DataRow("s1.DENSE64")]
    public async Task OneArchitectureIsShownWithItsSettingsByNameOrSource(string name)
    {
        using var folder = new TemporaryFolder();
        PlainConsole console = await PlainConsole.SucceedAsync("models", name, "--json", folder["one.json"]);

        foreach (string text in new[] { "sigmoid-64", "S1.dense64: 001, Auto-Encoder", "784-128-64-128-784", "5,000 steps", "fashion-mnist" })
        {
            Assert.Contains(text, console.Output);
        }

        JsonNode only = JsonNode.Parse(File.ReadAllText(folder["one.json"]))!["models"]!.AsArray().Single()!;
        Assert.AreEqual(("sigmoid-64", "S1.dense64"), ((string?)only["id"], (string?)only["alias"]));
    }
}
