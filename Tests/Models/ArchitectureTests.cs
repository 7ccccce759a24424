using OnnxAE.Models;
using OnnxAE.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Models;

[TestClass]
public sealed class ArchitectureTests
{
    // Counts that the documents print: S2.dense49, S2.deep49, S2.conv49, S4.vae2; the others follow from the layers' widths.
    private static readonly Dictionary<string, (int Features, int Code, long Parameters)> Rows = new()
    {
        ["S0.mlp"] = (0, 100, 89_610),
        ["S0.linear2"] = (2, 2, 3_922),
        ["S0.linear100"] = (100, 100, 157_684),
        ["S0.conv2"] = (32, 2, 494_178 + 56_385),
        ["S0.convvae2"] = (32, 2, 494_244 + 56_385),
        ["S1.dense64"] = (128, 64, 218_192),
        ["S2.dense49"] = (49, 49, 77_665),
        ["S2.deep49"] = (98, 49, 270_235),
        ["S2.conv49"] = (1568, 49, 48_770),
        ["S2.denoise"] = (49, 49, 77_665),
        ["S2.sparse16"] = (32, 16, 80_320),
        ["S3.trivial1000"] = (1000, 1000, 1_569_784),
        ["S3.dense30"] = (500, 30, 2_601_814),
        ["S3.sparse"] = (500, 30, 2_601_814),
        ["S3.denoise"] = (500, 30, 2_601_814),
        ["S3.semi"] = (500, 30, 1_300_840),
        ["S3.vae30"] = (500, 30, 2_616_844),
        ["S4.vae2"] = (512, 2, 403_972 + 403_728),
        ["X.contractive"] = (1000, 1000, 1_569_784),
        ["X.wta"] = (1024, 12_544, 61_313),
        ["X.convdae256"] = (2048, 256, 1_152_464),
        ["X.convdae512"] = (2048, 512, 1_808_592),
        ["X.simdae256"] = (2048, 256, 1_152_464 + 263_936),
        ["X.simdae512"] = (2048, 512, 1_808_592 + 395_008),
    };

    private static IEnumerable<object[]> Ids => ModelCatalog.All.Select(a => new object[] { a.Id });

    [TestMethod]
    [DynamicData(nameof(Ids))]
    public void EveryRowHasTheParametersAndShapesOfItsSource(string id)
    {
        Architecture architecture = ModelCatalog.Get(id);
        (int featureSize, int codeSize, long parameters) = Rows[id];
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
            Assert.AreEqual(featureSize, autoencoder.FeatureSize);
            CollectionAssert.AreEqual(new long[] { 2, featureSize }, autoencoder.Features.call(pixels).shape);
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
        IObjective objective = TrainingOptions.For(architecture).Objective;
        // Past the start, where a warm-up would leave variances out.
        var context = new StepContext(500, 1000, 10, generator) { Labels = arange(8, dtype: ScalarType.Int64) };
        objective.Compute(network, pixels, pixels, context).Loss.backward();

        foreach ((string name, Parameter parameter) in network.named_parameters())
            Assert.IsGreaterThan(0f, parameter.grad?.abs().max().item<float>() ?? 0, name);
    }

    [TestMethod]
    public void TheHalvesOfTheVariationalNetworkHaveTheCountsThatItsSourcePrints()
    {
        using var network = (VariationalAutoencoder)ModelCatalog.Get("S4.vae2").Create(seed: 1);
        Assert.AreEqual(403_972, ModuleWeights.Count(network.Encoder) + ModuleWeights.Count(network.LogVariance));
        Assert.AreEqual(403_728, ModuleWeights.Count(network.Decoder));
    }

    [TestMethod]
    public void TheClassifiersCodeIsItsSecondHiddenLayer()
    {
        using EncoderNetwork network = ModelCatalog.Get("S0.mlp").CreateNetwork(seed: 1);
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
