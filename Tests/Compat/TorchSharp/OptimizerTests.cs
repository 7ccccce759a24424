using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter, optim.Optimizer>> s_optimizers = new()
    {
        ["SGD(0.1)"] = p => optim.SGD([p], 0.1),
        ["SGD(0.1,momentum:0.9)"] = p => optim.SGD([p], 0.1, momentum: 0.9),
        ["Adam(0.1)"] = p => optim.Adam([p], 0.1),
        ["Adam(0.1,weight_decay:0.01)"] = p => optim.Adam([p], 0.1, weight_decay: 0.01),
        ["AdamW(0.1)"] = p => optim.AdamW([p], 0.1),
        ["RMSprop(0.1)"] = p => optim.RMSProp([p], 0.1),
    };

    public static IEnumerable<object[]> Recorded => TorchGolden.Names("optimizers");

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void SixSteps_AreTheOriginals(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 0.5f, -1f, 2f }));
        using var optimizer = s_optimizers[name](parameter);

        int step = 0;
        foreach (var expected in TorchGolden.Read("optimizers").GetProperty(name).EnumerateArray())
        {
            Step(optimizer, parameter);
            TorchGolden.AreClose(TorchGolden.Floats(expected), TorchGolden.Floats(parameter), $"step {++step}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void AParameterOfManyBlocks_ChangesLikeAShortOne(string name)
    {
        using var scope = NewDisposeScope();
        const int Length = 100_003;
        var one = new Parameter(tensor(new[] { 0.5f }));
        var many = new Parameter(full([Length], 0.5f));
        using var ofOne = s_optimizers[name](one);
        using var ofMany = s_optimizers[name](many);

        for (int i = 0; i < 3; i++)
        {
            Step(ofOne, one);
            Step(ofMany, many);
        }

        float expected = TorchGolden.Floats(one)[0];
        Assert.IsTrue(TorchGolden.Floats(many).All(value => Math.Abs(value - expected) < TorchGolden.Tolerance));
    }

    private static void Step(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        (parameter * parameter + parameter).sum().backward();
        optimizer.step();
    }
}
