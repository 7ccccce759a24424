using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class RandomTests
{
    [TestMethod]
    [DataRow("rand5")]
    [DataRow("randn5")]
    [DataRow("dropoutOnes12")]
    public void NumbersOfASeed_AreTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var numbers = name switch
        {
            "rand5" => rand(5),
            "randn5" => randn(5),
            _ => functional.dropout(ones(12), 0.5, training: true),
        };

        TorchGolden.AreClose(TorchGolden.Floats(TorchGolden.Read("random").GetProperty(name)), TorchGolden.Floats(numbers), name, TorchGolden.SameNumber);
    }

    [TestMethod]
    public void PermutationOfASeed_IsTheOriginals()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);

        long[] permutation = randperm(10).data<long>().ToArray();

        long[] expected = [.. TorchGolden.Read("random").GetProperty("randperm10").EnumerateArray().Select(n => n.GetInt64())];
        CollectionAssert.AreEqual(expected, permutation);
    }

    [TestMethod]
    [DataRow("linear_4_3")]
    [DataRow("conv2d_2_3_3")]
    [DataRow("convTranspose2d_2_3_3")]
    public void FirstWeights_AreTheOriginals(string name)
    {
        manual_seed(1);
        using Module<Tensor, Tensor> layer = name switch
        {
            "linear_4_3" => Linear(4, 3),
            "conv2d_2_3_3" => Conv2d(2, 3, 3),
            _ => ConvTranspose2d(2, 3, 3),
        };

        var recorded = TorchGolden.Read("random").GetProperty(name);
        var state = layer.state_dict();
        TorchGolden.AreClose(recorded.GetProperty("weight"), state["weight"], "weight", TorchGolden.SameNumber);
        TorchGolden.AreClose(recorded.GetProperty("bias"), state["bias"], "bias", TorchGolden.SameNumber);
    }

    [TestMethod]
    public void AGenerator_RepeatsItselfFromASavedState()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        using var state = generator.get_state();
        float[] first = TorchGolden.Floats(randn(6, generator: generator));
        generator.set_state(state);

        CollectionAssert.AreEqual(first, TorchGolden.Floats(randn(6, generator: generator)));
    }
}
