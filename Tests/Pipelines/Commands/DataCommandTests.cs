using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DataCommandTests
{
    [TestMethod]
    public async Task ListNamesEveryKnownSet()
    {
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Success, await console.RunAsync("data", "list"));
        Assert.Contains("fashion-mnist", console.Output);
        Assert.Contains("mnist", console.Output);
    }

    [TestMethod]
    public async Task UnknownSetIsRefusedWithTheKnownOnes()
    {
        var console = new PlainConsole();
        Assert.AreEqual(ExitCode.Failure, await console.RunAsync("data", "get", "cifar"));
        Assert.Contains("cifar", console.Error);
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
