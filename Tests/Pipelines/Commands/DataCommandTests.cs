using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DataCommandTests
{
    [TestMethod]
    public async Task ListNamesEveryKnownSet()
    {
        PlainConsole console = await PlainConsole.SucceedAsync("data", "list");
        Assert.Contains("fashion-mnist", console.Output);
        Assert.Contains("mnist", console.Output);
    }

    [TestMethod]
    public async Task UnknownSetIsRefusedWithTheKnownOnes()
    {
        PlainConsole console = await PlainConsole.FailAsync(ExitCode.Failure, "cifar", "data", "get", "cifar");
        Assert.Contains("fashion-mnist", console.Error);
    }

    [TestMethod]
    public async Task FolderWithOtherFilesIsRefused()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"]);
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("data", "get", "mnist", "--folder", folder["data"]));
        Assert.HasCount(1, console.ErrorLines);
    }
}
