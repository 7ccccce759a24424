using Microsoft.ML;
using TorchSharp;

namespace OnnxAE.Tests.Compat;

[TestClass]
public sealed class PublicSurfaceTests
{
    [TestMethod]
    [DataRow(typeof(MLContext), "Microsoft.ML-5.0.0.txt")]
    [DataRow(typeof(torch), "TorchSharp-0.107.0.txt")]
    public void EveryPublicMemberIsOneOfTheOfficialPackage(Type oneOfTheAssembly, string listing)
    {
        HashSet<string> official = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Compat", "Golden", listing))];
        string[] surface = [.. PublicSurface.Of(oneOfTheAssembly.Assembly)];
        Assert.IsNotEmpty(surface);
        CollectionAssert.AreEqual(Array.Empty<string>(), surface.Where(line => !official.Contains(line)).ToArray());
    }
}
