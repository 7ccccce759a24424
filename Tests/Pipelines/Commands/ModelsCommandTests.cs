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

        int fixedOnes = console.Output.IndexOf("Fixed networks", StringComparison.Ordinal);
        foreach (ModelFamily family in ModelCatalog.BuiltIn.Families)
        {
            Assert.IsLessThan(fixedOnes, console.Output.IndexOf($" {family.Name} ", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    [DataRow("pictures 64 wide and 48 high, 3 channels", "conv64/2-conv128/2-conv256/2-128-3072-convT128/2", "models", "conv", "--size", "64x48", "--color", "--code", "128")]
    [DataRow("pictures 28 wide and 28 high, 1 channel", "784-1000-500-30-500-1000-784", "models", "dense")]
    [DataRow("29 numbers", "29-64-32-5-32-64-29", "models", "dense", "--columns", "29", "--code", "5")]
    public async Task AFamilyIsShownAtAShape(string rows, string layers, params string[] arguments)
    {
        PlainConsole console = await PlainConsole.SucceedAsync(arguments);
        Assert.Contains(rows, console.Output);
        Assert.Contains(layers, console.Output);
    }

    [TestMethod]
    [DataRow(ExitCode.Failure, "at least 8 x 8 pixels, found 40 wide and 5 high: resize to 40 wide and 8 high", "conv", "--size", "40x5")]
    [DataRow(ExitCode.Failure, "use 'dense'", "dense-30", "--columns", "29")]
    [DataRow(ExitCode.Failure, "'conv-contrastive'", "conv-contrastive-512", "--code", "100")]
    [DataRow(ExitCode.Usage, "--size '64' is no size", "conv", "--size", "64")]
    [DataRow(ExitCode.Usage, "one or the other", "dense", "--columns", "3", "--color")]
    [DataRow(ExitCode.Usage, "name it", "--size", "64x64")]
    public async Task AShapeThatCannotBeShownIsRefused(int exitCode, string part, params string[] arguments) =>
        await PlainConsole.FailAsync(exitCode, part, ["models", .. arguments]);

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
