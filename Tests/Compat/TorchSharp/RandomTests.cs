using System.Text.Json;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class RandomTests
{
    private const int Seed = 1;

    private static readonly Dictionary<string, Action<JsonElement>> s_draws = new()
    {
        ["seed"] = recorded => Assert.AreEqual(Seed, recorded.GetInt32()),
        ["rand5"] = recorded => AreNumbers(recorded, rand(5)),
        ["randn5"] = recorded => AreNumbers(recorded, randn(5)),
        ["randperm10"] = recorded => CollectionAssert.AreEqual(
            recorded.EnumerateArray().Select(n => n.GetInt64()).ToArray(), randperm(10).data<long>().ToArray()),
        ["linear_4_3"] = recorded => AreFirstWeights(recorded, Linear(4, 3)),
        ["conv2d_2_3_3"] = recorded => AreFirstWeights(recorded, Conv2d(2, 3, 3)),
        ["convTranspose2d_2_3_3"] = recorded => AreFirstWeights(recorded, ConvTranspose2d(2, 3, 3)),
        ["dropoutOnes12"] = recorded => AreNumbers(recorded, functional.dropout(ones(12), 0.5, training: true)),
    };

    public static IEnumerable<object[]> Recorded => TorchGolden.Names("random");

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void WhatASeedGives_IsTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(Seed);

        s_draws[name](TorchGolden.Read("random").GetProperty(name));
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

    private static void AreNumbers(JsonElement recorded, Tensor numbers) =>
        TorchGolden.AreClose(TorchGolden.Floats(recorded), TorchGolden.Floats(numbers), "numbers", TorchGolden.SameNumber);

    private static void AreFirstWeights(JsonElement recorded, Module<Tensor, Tensor> layer)
    {
        using (layer)
        {
            var state = layer.state_dict();
            TorchGolden.AreClose(recorded.GetProperty("weight"), state["weight"], "weight", TorchGolden.SameNumber);
            TorchGolden.AreClose(recorded.GetProperty("bias"), state["bias"], "bias", TorchGolden.SameNumber);
        }
    }
}
