using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DemoCommandTests
{
    [TestMethod]
    public async Task WrongPathEndsWithOneSentenceAndNothingWritten()
    {
        using var folder = new TemporaryFolder();
        var console = new PlainConsole();

        int exitCode = await console.RunAsync("demo", "--dataset", folder["nowhere"], "--out", folder["run"], "--json", folder["demo.json"]);

        AssertFailed(exitCode, console, folder["nowhere"]);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DataRow("train-images-idx3-ubyte")]
    [DataRow("t10k-labels-idx1-ubyte")]
    public async Task TruncatedIdxFileEndsWithOneSentenceAndNothingWritten(string name)
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"]);
        byte[] whole = File.ReadAllBytes(folder["data/" + name]);
        File.WriteAllBytes(folder["data/" + name], whole[..^7]);
        var console = new PlainConsole();

        int exitCode = await console.RunAsync("demo", "--dataset", folder["data"], "--out", folder["run"], "--json", folder["demo.json"]);

        AssertFailed(exitCode, console, name);
        CollectionAssert.AreEqual(new[] { folder["data"] }, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task MissingFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        SyntheticDataSet.Write(folder["data"]);
        File.Delete(folder["data/t10k-images-idx3-ubyte"]);
        var console = new PlainConsole();

        AssertFailed(await console.RunAsync("demo", "--dataset", folder["data"], "--out", folder["run"]), console, "t10k-images-idx3-ubyte");
    }

    private static void AssertFailed(int exitCode, PlainConsole console, string named)
    {
        Assert.AreEqual(ExitCode.Failure, exitCode);
        Assert.HasCount(1, console.ErrorLines);
        Assert.Contains(named, console.Error);
        Assert.DoesNotContain("   at ", console.Error);
    }
}
