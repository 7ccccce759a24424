using OnnxAE.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests;

/// <summary>What the gate must tell apart: an export with a fault in it, and one that only rounds otherwise.</summary>
[TestClass]
public sealed class VerificationGateTests
{
    private static readonly Dictionary<string, Func<bool, Module<Tensor, Tensor>>> Faults = new()
    {
        ["transposed layer"] = faulty => Sequential(Dense(16, 16, weight => faulty ? weight.t() : weight), Sigmoid()),
        ["missing activation"] = faulty => faulty ? Sequential(Dense(16, 8), Dense(8, 16)) : Sequential(Dense(16, 8), ReLU(), Dense(8, 16)),
        ["other activation"] = faulty => Sequential(Dense(16, 16, weight => weight * 4), faulty ? SiLU() : GELU()),
        ["epsilon of a normalization"] = faulty => Normalized(faulty ? 1e-3 : 1e-5),
        ["padding"] = faulty => Sequential(Unflatten(1, [1, 4, 4]), Convolution(faulty ? PaddingModes.Zeros : PaddingModes.Replicate), Flatten()),
        ["one weight among large ones"] = faulty => Sequential(Dense(16, 16, weight => weight * 1000), Tanh(), Dense(16, 16, weight => Nudged(weight, faulty))),
    };

    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> Sound = new()
    {
        ["large activations"] = () => Sequential(Dense(16, 300, weight => weight * 1e4), ReLU(), Dense(300, 16, weight => weight * 1e4), ReLU(), Dense(16, 16)),
        ["large numbers before a sigmoid"] = () => Sequential(Dense(16, 500, weight => weight * 300), ReLU(), Dense(500, 16, weight => weight * 300), Sigmoid()),
        ["long sums"] = () => Sequential(Dense(16, 20_000), ReLU(), Dense(20_000, 16)),
        ["many layers"] = () => Sequential([.. Enumerable.Range(0, 40).Select(_ => Sequential(Dense(16, 16, weight => weight * 3), Tanh()))]),
    };

    public static IEnumerable<object[]> FaultNames => Faults.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> SoundNames => Sound.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(FaultNames))]
    public void AFaultIsFound(string name)
    {
        Assert.IsTrue(Verify(() => Faults[name](false), () => Faults[name](false)).Passed);
        Assert.IsFalse(Verify(() => Faults[name](true), () => Faults[name](false)).Passed);
    }

    [TestMethod]
    [DynamicData(nameof(SoundNames))]
    public void RoundingPasses(string name)
    {
        GraphVerification result = Verify(Sound[name], Sound[name]);
        Assert.IsTrue(result.Passed, $"{result.Worst}");
    }

    [TestMethod]
    public void TheTermsOfOneOutputOfALayerCount()
    {
        using Module<Tensor, Tensor> dense = Linear(8, 5), convolution = Conv2d(2, 5, 3), transposed = ConvTranspose2d(6, 2, 3), activation = ReLU();
        CollectionAssert.AreEqual(
            new long[] { 8, 2 * 9, 6 * 9, 0 }, new[] { dense, convolution, transposed, activation }.Select(VerifiedNetwork.SumLength).ToArray());
    }

    [TestMethod]
    public void RoundingIsInProportionToTheNumbersInside()
    {
        using var scope = NewDisposeScope();
        using Module<Tensor, Tensor> module = Sequential(Dense(4, 4, weight => eye(4) * 1000), Dense(4, 4, weight => eye(4) / 1000));
        RoundingAllowance found = new VerifiedNetwork(module, inputs => module.call(inputs[0])).Rounding([ones(3, 4)]);
        Assert.AreEqual(1000, found.LargestNumber, 1);
        Assert.IsInRange(Math.Pow(2, -23), 20 * Math.Pow(2, -23), found.Allowed);
    }

    [TestMethod]
    public void RoundingBehindEveryModuleCountsAndTheModuleForgetsThatItWasListenedTo()
    {
        using var scope = NewDisposeScope();
        // What goes in is lost in the Tanh.
        using Module<Tensor, Tensor> module = Sequential(Dense(4, 4, weight => eye(4) * 1000), Tanh(), Dense(4, 4, weight => eye(4) * 1e6));
        Tensor rows = ones(3, 4), before = module.call(rows);
        RoundingAllowance found = new VerifiedNetwork(module, inputs => module.call(inputs[0])).Rounding([rows]);
        Assert.IsInRange(1e6 * Math.Pow(2, -23), 20e6 * Math.Pow(2, -23), found.Allowed);
        Assert.IsTrue(before.equal(module.call(rows)).all().item<bool>());
    }

    [TestMethod]
    public void OnlyFiniteNumbersHaveASize()
    {
        using Tensor values = tensor(new[] { float.NaN, float.NegativeInfinity, -3, 2 });
        using Tensor indices = tensor(new long[] { 7 });
        Assert.AreEqual(3, VerificationGate.LargestFinite(values));
        Assert.AreEqual(0, VerificationGate.LargestFinite(indices));
    }

    private static GraphVerification Verify(Func<Module<Tensor, Tensor>> exported, Func<Module<Tensor, Tensor>> expected)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using Module<Tensor, Tensor> source = exported();
        manual_seed(1);
        using Module<Tensor, Tensor> module = expected();
        string path = Path.GetTempFileName();
        try
        {
            source.eval();
            OnnxExporter.Export(source, [16], path);
            return OnnxVerifier.Verify(module, path, rand(600, 16, generator: new Generator(2)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Linear Dense(int from, int to, Func<Tensor, Tensor>? change = null)
    {
        Linear layer = Linear(from, to);
        using var gradients = no_grad();
        layer.weight.copy_((change ?? (weight => weight))(layer.weight.clone()));
        return layer;
    }

    private static Sequential Normalized(double epsilon)
    {
        BatchNorm1d norm = BatchNorm1d(16, epsilon);
        norm.running_var!.fill_(0.1);
        return Sequential(Dense(16, 16), norm);
    }

    private static Conv2d Convolution(PaddingModes mode) => Conv2d(1, 2, 3, padding: 1L, padding_mode: mode);

    private static Tensor Nudged(Tensor weight, bool nudges)
    {
        if (nudges)
        {
            weight[0, 0] += 0.01;
        }

        return weight;
    }
}
