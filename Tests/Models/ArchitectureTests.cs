using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

[TestClass]
public sealed class ArchitectureTests
{
    // Counts that the documents print: dense-49, deep-49, conv-49, vae-2; the others follow from the layers' widths.
    private static readonly Dictionary<string, (int Map, int Code, long Parameters)> Rows = new()
    {
        ["mlp-100"] = (0, 100, 89_610),
        ["linear-2"] = (2, 2, 3_922),
        ["linear-100"] = (100, 100, 157_684),
        ["conv-2"] = (32, 2, 494_178 + 56_385),
        ["conv-vae-2"] = (32, 2, 494_244 + 56_385),
        ["sigmoid-64"] = (128, 64, 218_192),
        ["dense-49"] = (49, 49, 77_665),
        ["deep-49"] = (98, 49, 270_235),
        ["conv-49"] = (1568, 49, 48_770),
        ["dense-49-denoise"] = (49, 49, 77_665),
        ["sparse-16"] = (32, 16, 80_320),
        ["linear-1000"] = (1000, 1000, 1_569_784),
        ["dense-30"] = (500, 30, 2_601_814),
        ["dense-30-sparse"] = (500, 30, 2_601_814),
        ["dense-30-denoise"] = (500, 30, 2_601_814),
        ["dense-30-classifier"] = (500, 30, 1_300_840),
        ["vae-30"] = (500, 30, 2_616_844),
        ["vae-2"] = (512, 2, 403_972 + 403_728),
        ["contractive"] = (1000, 1000, 1_569_784),
        ["winner-take-all"] = (1024, 12_544, 61_313),
        ["conv-denoise-256"] = (2048, 256, 1_152_464),
        ["conv-denoise-512"] = (2048, 512, 1_808_592),
        ["conv-contrastive-256"] = (2048, 256, 1_152_464 + 263_936),
        ["conv-contrastive-512"] = (2048, 512, 1_808_592 + 395_008),
    };

    private static IEnumerable<object[]> Ids => ModelCatalog.All.Select(a => new object[] { a.Name });

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public void EveryRowHasTheParametersAndShapesOfItsSource(string id)
    {
        Architecture architecture = ModelCatalog.Get(id);
        (int mapSize, int codeSize, long parameters) = Rows[id];
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        using var scope = NewDisposeScope();
        network.eval();
        Tensor pixels = rand(2, 784);

        Assert.AreEqual(parameters, ModuleWeights.Count(network));
        Assert.AreEqual((784, codeSize), (network.InputSize, network.CodeSize));
        CollectionAssert.AreEqual(new long[] { 2, codeSize }, network.Encoder.call(pixels).shape);
        CollectionAssert.AreEqual(new long[] { 2, network is Autoencoder ? 784 : 10 }, network.call(pixels).shape);
        if (network is Autoencoder autoencoder)
        {
            Assert.AreEqual(mapSize, autoencoder.MapSize);
            CollectionAssert.AreEqual(new long[] { 2, mapSize }, autoencoder.Map.call(pixels).shape);
        }

        Assert.AreEqual(
            architecture.Kind,
            network switch { EncoderClassifier => ArchitectureKind.Classifier, VariationalAutoencoder => ArchitectureKind.VariationalAutoencoder, _ => ArchitectureKind.Autoencoder });
    }

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public void GradientsOfItsOwnLossReachEveryParameter(string id)
    {
        Architecture architecture = ModelCatalog.Get(id);
        using EncoderNetwork network = architecture.CreateNetwork(seed: 1);
        using var generator = new Generator(1);
        using var scope = NewDisposeScope();
        Tensor pixels = rand(8, 784);
        Objective objective = TrainingOptions.For(architecture).Objective;
        // Past the start, where a warm-up would leave variances out.
        var context = new StepContext(500, 1000, 10, generator) { Labels = arange(8, dtype: ScalarType.Int64) };
        objective.Compute(network, pixels, pixels, context).Loss.backward();

        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            Assert.IsGreaterThan(0f, parameter.grad?.abs().max().item<float>() ?? 0, name);
        }
    }

    [TestMethod]
    public void TheHalvesOfTheVariationalNetworkHaveTheCountsThatItsSourcePrints()
    {
        using var network = (VariationalAutoencoder)ModelCatalog.Get("vae-2").Create(seed: 1);
        Assert.AreEqual(403_972, ModuleWeights.Count(network.Encoder) + ModuleWeights.Count(network.LogVariance));
        Assert.AreEqual(403_728, ModuleWeights.Count(network.Decoder));
    }

    [TestMethod]
    public void TheClassifiersCodeIsItsSecondHiddenLayer()
    {
        using EncoderNetwork network = ModelCatalog.Get("mlp-100").CreateNetwork(seed: 1);
        using var scope = NewDisposeScope();
        Tensor code = network.Encoder.call(rand(20, 784));
        Assert.AreEqual(0f, code.min().item<float>()); // behind a ReLU
        Assert.IsTrue(network.call(rand(1, 784)).sum().item<float>() != 1); // logits, not probabilities
    }

    [TestMethod]
    public void FirstWeightsFollowTheirRules()
    {
        using var scope = NewDisposeScope();
        using Linear glorot = FirstWeights.Glorot(Linear(400, 200));
        using Linear normal = FirstWeights.Normal(Linear(400, 200), 0.05);

        // Uniform within sqrt(6 / 600) = 0.1: 80,000 draws come within a thousandth of it.
        Assert.AreEqual(0.1, glorot.weight!.abs().max().item<float>(), 1e-4);
        Assert.AreEqual(0f, glorot.bias!.abs().max().item<float>());
        Assert.AreEqual(0.05, normal.weight!.std().item<float>(), 1e-3);
        Assert.AreEqual(0.05, normal.bias!.std().item<float>(), 0.012);
    }
}
