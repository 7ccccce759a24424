using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class ErrorTests
{
    private static readonly Dictionary<string, Action> s_mistakes = new()
    {
        ["linear: wrong width"] = () => Linear(4, 3).forward(ones(2, 5)),
        ["conv2d: wrong channels"] = () => Conv2d(2, 3, 3).forward(ones(1, 1, 5, 5)),
        ["load: no file"] = () => Linear(4, 3).load("/no/such/file.dat"),
        ["load: wrong module"] = () => Linear(4, 3).load(TorchGolden.PathOf("module.dat")),
        ["disposed tensor"] = () =>
        {
            var tensor = ones(2);
            tensor.Dispose();
            tensor.sum();
        },
        ["data<double> of float"] = () => ones(2).data<double>().ToArray(),
        ["reshape: wrong size"] = () => ones(6).reshape(4, 2),
        ["bce outside 0..1"] = () => functional.binary_cross_entropy(ones(2) * 2, ones(2)),
    };

    public static IEnumerable<object[]> Recorded => TorchGolden.Names("errors");

    [TestMethod]
    [DynamicData(nameof(Recorded))]
    public void AMistake_GetsTheOriginalsException(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = TorchGolden.Read("errors").GetProperty(name);

        var thrown = Assert.Throws<Exception>(s_mistakes[name]);

        Assert.AreEqual(recorded.GetProperty("type").GetString(), thrown.GetType().FullName);
        Assert.AreEqual(recorded.GetProperty("message").GetString(), thrown.Message.Split('\n')[0]);
    }
}
