using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;

namespace OnnxAE.Tests;

[TestClass]
public sealed class CatalogExportTests
{
    public static IEnumerable<object[]> Ids => ModelCatalog.All.Select(architecture => new object[] { architecture.Name });

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public void EveryNetworkOfTheCatalogIsExportedAndVerified(string id)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        byte[] pixels = new byte[3 * 28 * 28];
        random.NextBytes(pixels);
        using EncoderNetwork network = ModelCatalog.Get(id).CreateNetwork(seed: 1);
        RunGraphs.Write(network, id, folder.Path);
        RunGraphs.Verify(network, folder.Path, new RowSet(pixels, [1, 28, 28], new int[3])).ThrowIfFailed();
    }
}
