using System.IO.Compression;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ModelHashTests
{
    [TestMethod]
    public void AnArchiveIsNamedByTheNamesAndContentsOfItsEntriesAndNotByTheirTimes()
    {
        using var folder = new TemporaryFolder();
        string first = Hash("a", "weights", year: 2020);
        Assert.AreEqual(first, Hash("a", "weights", year: 2021));
        Assert.AreNotEqual(first, Hash("a", "weightS", year: 2020));
        Assert.AreNotEqual(first, Hash("b", "weights", year: 2020));

        string Hash(string name, string content, int year)
        {
            string path = folder[$"{Path.GetRandomFileName()}.zip"];
            using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using StreamWriter writer = new(entry.Open());
                writer.Write(content);
            }

            return ModelHash.OfArchive(path);
        }
    }
}
