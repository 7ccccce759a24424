using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class FamilyRulesTests
{
    private static IEnumerable<object[]> Names => ModelCatalog.BuiltIn.Families.Select(family => new object[] { family.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void NetworksForAnyShapeAndCodeRebuildRowsAndLearn(string name)
    {
        ModelFamily family = ModelCatalog.BuiltIn.FindFamily(name)!;
        var random = new Random(11);
        foreach (int[] shape in Shapes(family, random))
        {
            int? code = name == "winner-take-all" || random.Next(3) == 0 ? null : random.Next(1, 120);
            Architecture architecture = ModelCatalog.Get(name, shape, code);
            string what = $"{name} for [{string.Join(", ", shape)}] with a code of {code}: {architecture.Layers}";
            using Autoencoder network = architecture.Create(seed: 1);
            using var scope = NewDisposeScope();
            using var noise = new Generator(1);
            Tensor rows = rand(4, network.InputSize, generator: noise);

            Assert.AreEqual((name, architecture.Alias), (architecture.Name, null), what);
            CollectionAssert.AreEqual(shape, network.InputShape.ToArray(), what);
            Assert.AreEqual((code ?? family.DefaultCodeSize(shape), architecture.CodeSize), (network.CodeSize, network.CodeSize), what);
            Assert.AreEqual(architecture.Kind == ArchitectureKind.VariationalAutoencoder, network is VariationalAutoencoder, what);
            TrainingOptions options = TrainingOptions.For(architecture);
            options.Validate();
            options.Objective.Compute(network, rows, rows, new StepContext(500, 1000, 10, noise)).Loss.backward();
            Parameter first = network.parameters().First();
            Assert.IsGreaterThan(0f, first.grad?.abs().max().item<float>() ?? 0, what);

            network.eval();
            CollectionAssert.AreEqual(new long[] { 4, network.CodeSize }, network.Encoder.call(rows).shape, what);
            CollectionAssert.AreEqual(new long[] { 4, network.MapSize }, network.Map.call(rows).shape, what);
            CollectionAssert.AreEqual(rows.shape, network.call(rows).shape, what);
        }
    }

    [TestMethod]
    public void AFamilyMakesItsFixedNetworks()
    {
        foreach (ModelFamily family in ModelCatalog.BuiltIn.Families)
        {
            Assert.AreNotEqual(0, family.Members.Count, family.Name);
            foreach (Architecture member in family.Members)
            {
                Architecture made = family.Create([1, 28, 28], member.CodeSize);
                using EncoderNetwork expected = member.CreateNetwork(seed: 3), network = made.CreateNetwork(seed: 3);
                Assert.AreEqual(ModuleWeights.Hash(expected), ModuleWeights.Hash(network), member.Name);
                Assert.AreEqual((member.Training, member.Layers, family.Name), (made.Training, made.Layers, made.Name));
                Assert.AreSame(member, ModelCatalog.Get(member.Name));
            }
        }
    }

    /// <summary>Where a fixed network belongs to a family, its layers are those that the family would make by itself.</summary>
    [TestMethod]
    [DataRow("dense", "dense-30")]
    [DataRow("linear", "linear-100")]
    [DataRow("vae", "vae-30")]
    [DataRow("contractive", "contractive")]
    [DataRow("winner-take-all", "winner-take-all")]
    [DataRow("conv-denoise", "conv-denoise-256")]
    [DataRow("conv-contrastive", "conv-contrastive-512")]
    public void TheRulesOfAFamilyGiveTheLayersOfItsFixedNetwork(string name, string member)
    {
        Architecture known = ModelCatalog.Get(member);
        Architecture made = ModelCatalog.BuiltIn.FindFamily(name)!.Factory([1, 28, 28], known.CodeSize!.Value);
        using EncoderNetwork expected = known.CreateNetwork(seed: 1), network = made.CreateNetwork(seed: 1);
        Assert.AreEqual(known.Layers, made.Layers);
        CollectionAssert.AreEqual(
            expected.parameters().Select(p => string.Join('x', p.shape)).ToArray(), network.parameters().Select(p => string.Join('x', p.shape)).ToArray());
    }

    [TestMethod]
    [DataRow("dense", new[] { 29 }, "29-64-32-9-32-64-29")]
    [DataRow("dense", new[] { 1 }, "1-16-8-1-8-16-1")]
    [DataRow("dense", new[] { 3, 512, 512 }, "786432-30-786432")]
    [DataRow("vae", new[] { 29 }, "29-64-32-(9, 9)-32-64-29")]
    [DataRow("conv", new[] { 3, 20, 45 }, "conv32(5)/2-conv64/2-conv128/2-64-2304-convT64/2-convT32/2-convT3/2")]
    [DataRow("conv", new[] { 1, 8, 8 }, "conv32(5)/2-64-512-convT1/2")]
    [DataRow("winner-take-all", new[] { 3, 64, 64 }, "conv32(5)/2-conv64(5)/2-conv64(5)-winners-convT3(24)/4")]
    [DataRow("conv-contrastive", new[] { 3, 32, 32 }, "conv32(5)/2-conv64/2-conv128/2-512-512-3072")]
    [DataRow("conv-contrastive", new[] { 3, 512, 512 }, "conv32(5)/2-conv64/2-conv128/2-conv256/2-conv256/2-conv256/2-conv256/2-512-4096-convT256/2-convT256/2-convT256/2-convT128/2-convT64/2-convT32/2-convT3/2")]
    public void LayersFollowFromTheShape(string name, int[] shape, string layers) => Assert.AreEqual(layers, ModelCatalog.Get(name, shape).Layers);

    [TestMethod]
    public void DigitsAreNotMirroredAndColouredPicturesAre()
    {
        Assert.AreEqual("affine(10, 0.15, 0.12, 0.15, 0.1) + elastic(0.06, 5) + gamma(0.5) + gain(0.5, 1.15) + cutout(1, 3, 11)", ModelCatalog.Get("conv-contrastive", [1, 28, 28], 128).Training.Corruption);
        Assert.AreEqual("mirror(0.5) + affine(10, 0.15, 0.12, 0.15, 0.1) + elastic(0.06, 5) + gamma(0.5) + gain(0.5, 1.15) + cutout(1, 7, 24)", ModelCatalog.Get("conv-contrastive", [3, 64, 80]).Training.Corruption);
        Assert.AreEqual("affine(10, 0.15, 0.12, 0.15, 0.1) + elastic(0.06, 5) + cutout(0.5, 7, 24)", ModelCatalog.Get("conv-denoise", [3, 64, 64]).Training.Corruption);
    }

    [TestMethod]
    [DataRow("conv", new[] { 1, 5, 40 }, 0, "at least 8 x 8 pixels, found 40 wide and 5 high: resize to 40 wide and 8 high")]
    [DataRow("conv-vae", new[] { 29 }, 0, "found rows of 29 numbers: use 'dense'")]
    [DataRow("winner-take-all", new[] { 1, 28, 28 }, 1000, "multiple of the 196 that each map has for rows of the shape [1, 28, 28]: use 980")]
    [DataRow("dense", new[] { 2, 3 }, 0, "[2, 3]; expected [channels, height, width]")]
    [DataRow("dense", new[] { 3, 0, 5 }, 0, "all sizes above 0")]
    [DataRow("conv", new[] { 3, 5000, 5000 }, 0, "found the shape [3, 5000, 5000]: resize to 2364 wide and 2364 high")]
    [DataRow("dense", new[] { 784 }, -1, "has -1 numbers; expected 1 or more")]
    [DataRow("linear", new[] { 3, 512, 512 }, 1000, "1573 million weights, expected at most 134 million: use a code of up to 85 numbers or smaller rows")]
    [DataRow("linear", new[] { int.MaxValue / 2 }, int.MaxValue, "choose fewer of them")]
    [DataRow("conv-denoise", new[] { 1, 28, 28 }, int.MaxValue, "use a code of up to ")]
    [DataRow("dense-30", new[] { 3, 32, 32 }, 0, "found rows of the shape [3, 32, 32]; use 'dense'")]
    [DataRow("conv-denoise-256", new[] { 1, 28, 28 }, 64, "found a code of 64 numbers; use 'conv-denoise'")]
    [DataRow("conv-denoise-256", new[] { 29 }, 0, "use 'dense'")]
    [DataRow("nothing", new[] { 29 }, 0, "Families: linear, dense, ")]
    public void WhatCannotBeMadeIsRefusedWithWhatCan(string name, int[] shape, int code, string part)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get(name, shape, code == 0 ? null : code));
        StringAssert.Contains(exception.Message, part);
    }

    [TestMethod]
    public void AFixedNetworkIsFoundForItsShapeAndForFlatRows()
    {
        Architecture architecture = ModelCatalog.Get("dense-30");
        Assert.AreSame(architecture, ModelCatalog.Get("S3.dense30", [1, 28, 28], 30));
        Assert.AreSame(architecture, ModelCatalog.Get("dense-30", [784]));
        Assert.AreSame(ModelCatalog.Get("contractive"), ModelCatalog.Get("X.contractive"));
        Assert.ThrowsExactly<ArgumentException>(() => ModelCatalog.Get("conv-2", [1, 14, 56])); // 784 pixels, and another picture
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        CollectionAssert.AreEqual(new[] { 1, 28, 28 }, network.InputShape.ToArray());
    }

    [TestMethod]
    public void AFamilyOfOnesOwnIsOneLineAway()
    {
        var mine = new ModelFamily("mine", "a line", false, shape => 2, (shape, code) => new Architecture(
            "", "source", "", "", "n-code-n", new TrainingDefaults(1, 10), () => new DenseAutoencoder([shape[0], code], Activation.ReLU, Activation.Linear, Activation.Linear)));
        ModelCatalog catalog = ModelCatalog.BuiltIn.With(mine);

        using Autoencoder network = catalog["MINE", [7]].Create(seed: 1);
        Assert.AreEqual((7, 2), (network.InputSize, network.CodeSize));
        Assert.AreEqual("dense", catalog["dense", [29]].Name);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => catalog["mine"]).Message, "is a family");
        Assert.ThrowsExactly<ArgumentException>(() => catalog.With(mine));
        Assert.ThrowsExactly<ArgumentException>(() => catalog.With(ModelCatalog.Get("dense-30") with { Name = "mine", Alias = null }));
    }

    [TestMethod]
    public void ATableIsLearnt()
    {
        // 12 columns that hang on two numbers: a code of 2 can rebuild nearly all of them.
        manual_seed(5);
        using Autoencoder network = ModelCatalog.Get("dense", [12], 2).Create(seed: 1);
        using var scope = NewDisposeScope();
        using var noise = new Generator(2);
        Tensor hidden = randn(512, 2, generator: noise), rows = hidden.mm(randn(2, 12, generator: noise)).tanh();
        using var optimizer = optim.Adam(network.parameters(), 1e-2);
        for (int step = 0; step < 150; step++)
        {
            using var inner = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.mse_loss(network.call(rows), rows).backward();
            optimizer.step();
        }

        float error = nn.functional.mse_loss(network.call(rows), rows).item<float>(), variance = rows.var().item<float>();
        Assert.IsLessThan(0.05f * variance, error);
    }

    private static IEnumerable<int[]> Shapes(ModelFamily family, Random random)
    {
        for (int i = 0; i < 6; i++)
        {
            int smallest = family.SmallestSide;
            yield return [random.Next(1, 5), random.Next(smallest, 50), random.Next(smallest, 50)];
            if (!family.NeedsPictures)
            {
                yield return [random.Next(1, 200)];
            }
        }
    }
}
