using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DistinctFilesTests
{
    [TestMethod]
    public void AFileIsKnownByItsOtherPaths()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", []);
        File.CreateSymbolicLink(folder["b.csv"], folder["a.csv"]);
        Directory.CreateSymbolicLink(folder["link"], folder.Path);
        string detour = Path.Combine(folder.Path, "..", Path.GetFileName(folder.Path), "a.csv");
        foreach (string other in new[] { folder["a.csv"], folder["b.csv"], detour, Path.Combine(folder["link"], "link", "b.csv") })
        {
            UsageException exception = Assert.ThrowsExactly<UsageException>(() => DistinctFiles.Require(("--in", folder["a.csv"]), ("--bad-rows", null), ("--out", other)));
            Assert.Contains("--in and --out", exception.Message);
        }
    }

    [TestMethod]
    public void StreamsAndDevicesAreNoFiles() =>
        DistinctFiles.Require(("--in", "-"), ("--out", "-"), ("--bad-rows", "/dev/null"), ("--json", "/dev/null"));
}
