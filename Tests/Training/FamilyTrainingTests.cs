using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FamilyTrainingTests
{
    private static readonly int[][] Shapes = [[3, 20, 45], [1, 8, 8], [2, 33, 32], [29], [1]];

    public static IEnumerable<object[]> Cases =>
        from family in ModelCatalog.BuiltIn.Families
        from shape in Shapes
        where shape.Length == 3 || !family.NeedsPictures
        select new object[] { family.Name, shape };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void ANetworkOfAFamilyTakesItsShapeLearnsAndIsExported(string name, int[] shape)
    {
        Architecture architecture = ModelCatalog.BuiltIn[name, shape];
        using Autoencoder network = architecture.Create(seed: 1);
        CollectionAssert.AreEqual(shape, network.InputShape.ToArray());
        Assert.AreEqual(architecture.CodeSize, network.CodeSize);
        RowSet rows = Random(shape, 6);
        TrainingOptions options = TrainingOptions.For(architecture) with { Steps = 2, BatchSize = 4 };
        Tensor[] before = [.. network.Encoder.parameters().Select(p => p.detach().clone())];
        new AutoencoderTrainer(options).Fit(network, rows);
        Assert.IsTrue(network.Encoder.parameters().Zip(before).Any(pair => !pair.First.allclose(pair.Second)));

        using TemporaryFolder folder = new();
        RunGraphs.Write(network, name, folder.Path);
        RunGraphs.Verify(network, folder.Path, rows).ThrowIfFailed();
    }

    // Pictures of dim noise with a bright line, or rows of normal numbers.
    private static RowSet Random(int[] shape, int count)
    {
        var random = new Random(1);
        int size = shape.Aggregate((a, b) => a * b);
        return shape.Length == 3
            ? new RowSet(Enumerable.Range(0, count * size).Select(_ => (byte)random.Next(256)).ToArray(), shape)
            : new RowSet(Enumerable.Range(0, count * size).Select(_ => (float)(random.NextDouble() * 4) - 2).ToArray(), shape);
    }
}
