using OnnxAE.Inference;
using OnnxAE.Models;
using OnnxAE.Training;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ModelFamilyTests
{
    private static readonly int[][] Shapes = [[1, 28, 28], [3, 20, 45], [3, 64, 64], [1, 8, 8], [2, 9, 31], [29], [1], [784]];

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

    [TestMethod]
    [DataRow("dense", new[] { 1, 28, 28 }, 30, "dense-30")]
    [DataRow("conv-contrastive", new[] { 1, 28, 28 }, 512, "conv-contrastive-512")]
    [DataRow("conv-denoise", new[] { 1, 28, 28 }, 256, "conv-denoise-256")]
    [DataRow("vae", new[] { 1, 28, 28 }, 30, "vae-30")]
    [DataRow("linear", new[] { 1, 28, 28 }, 100, "linear-100")]
    public void AFamilyGivesAFixedNetworkForItsShapeAndCode(string name, int[] shape, int code, string member)
    {
        using EncoderNetwork made = ModelCatalog.BuiltIn[name, shape, code].CreateNetwork(seed: 3), known = ModelCatalog.Get(member).CreateNetwork(seed: 3);
        Assert.AreEqual(ModuleWeights.Hash(known), ModuleWeights.Hash(made));
    }

    [TestMethod]
    [DataRow("conv", new[] { 1, 5, 40 }, null, "at least 8 x 8 pixels, found 40 wide and 5 high: resize to 40 wide and 8 high")]
    [DataRow("conv", new[] { 29 }, null, "use 'dense'")]
    [DataRow("dense-30", new[] { 3, 32, 32 }, null, "use 'dense', whose networks are made for any")]
    [DataRow("conv-contrastive-512", new[] { 1, 28, 28 }, 64, "use 'conv-contrastive', whose networks")]
    [DataRow("dense", new[] { 29 }, 0, "expected 1 or more")]
    [DataRow("nothing", new[] { 29 }, null, "nothing")]
    public void WhatAFamilyCanNotTakeIsRefusedWithAWayOut(string name, int[] shape, int? code, string expected) =>
        Assert.Contains(expected, Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.BuiltIn[name, shape, code]).Message);

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
