using System.Security.Cryptography;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

/// <summary>
/// The bytes of every architecture of the catalogue, as hashes: the files themselves have megabytes. Weights are counted and
/// not drawn. Where a hash differs or is missing, look at what changed in the graph, then take the file that the test writes.
/// </summary>
[TestClass]
public sealed class GoldenArchitectureTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Training/Export/Golden/architectures.sha256");

    [TestMethod]
    public void EveryArchitectureIsWrittenToTheExpectedBytes()
    {
        string[] lines = [.. ModelCatalog.All.OrderBy(architecture => architecture.Alias, StringComparer.Ordinal).Select(architecture => $"{HashOf(architecture)}  {architecture.Alias}")];
        File.WriteAllLines(Golden + ".actual", lines);
        CollectionAssert.AreEqual(File.ReadAllLines(Golden), lines);
    }

    private static string HashOf(Architecture architecture)
    {
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (Tensor values in network.state_dict().Values)
        {
            if (values.dtype == ScalarType.Float32)
            {
                // Sixteenths above 0, as variances must be: exact in a float.
                values.copy_(tensor([.. Enumerable.Range(0, (int)values.numel()).Select(i => ((i % 31) + 1) / 16f)], values.shape));
            }
        }

        byte[] bytes = OnnxExporter.ToBytes(network, [network.InputSize], new OnnxExportOptions { GraphName = architecture.Alias!, ProducerVersion = "test" });
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
