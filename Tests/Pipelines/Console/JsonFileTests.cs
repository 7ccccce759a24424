using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class JsonFileTests
{
    [TestMethod]
    public void FailureWhileWritingLeavesTheOldFileAndNoOther()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["figures.json"], "old");

        Assert.Throws<Exception>(() => JsonFile.Write(new Unwritable("Disk full."), folder["figures.json"]));

        Assert.AreEqual("old", File.ReadAllText(folder["figures.json"]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public void NamesAreCamelCaseAndTheOldFileIsReplaced()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["figures.json"], "old");
        JsonFile.Write(new { MaxAbsDiff = 0.5 }, folder["figures.json"]);
        Assert.AreEqual("{\n  \"maxAbsDiff\": 0.5\n}\n", File.ReadAllText(folder["figures.json"]));
    }

    private sealed class Unwritable(string message)
    {
        public int Value => throw new IOException(message);
    }
}
