using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.TorchSharp;

[TestClass]
public class StateFileTests
{
    [TestMethod]
    public void LoadingTheOriginalsFile_GivesTheOriginalsState()
    {
        using var scope = NewDisposeScope();
        using var module = Network();
        module.load(TorchGolden.PathOf("module.dat"));

        var state = module.state_dict();
        foreach (var entry in TorchGolden.Read("module").EnumerateObject())
        {
            Assert.AreEqual(entry.Value.GetProperty("dtype").GetString(), state[entry.Name].dtype.ToString());
            TorchGolden.AreClose(entry.Value, state[entry.Name].to(ScalarType.Float32), entry.Name);
        }
    }

    [TestMethod]
    public void SavingTheSeededNetwork_GivesTheOriginalsBytes()
    {
        manual_seed(11);
        using var module = Network();
        using var stream = new MemoryStream();
        module.save(stream);

        CollectionAssert.AreEqual(File.ReadAllBytes(TorchGolden.PathOf("module.dat")), stream.ToArray());
    }

    [TestMethod]
    public void LoadingSkipsWhatIsNamed()
    {
        using var scope = NewDisposeScope();
        using var module = Network();
        float[] before = TorchGolden.Floats(module.state_dict()["code.bias"]);
        module.load(TorchGolden.PathOf("module.dat"), skip: ["code.bias"]);

        CollectionAssert.AreEqual(before, TorchGolden.Floats(module.state_dict()["code.bias"]));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(20)]
    [DataRow(400)]
    [DataRow(672)]
    public void ACutFile_IsRefused(int length)
    {
        byte[] bytes = File.ReadAllBytes(TorchGolden.PathOf("module.dat"))[..length];
        using var module = Network();

        Assert.ThrowsExactly<EndOfStreamException>(() => module.load(new MemoryStream(bytes)));
    }

    private static Sequential Network() => Sequential(
        ("conv", Conv2d(1, 2, 3, padding: 1)), ("relu", ReLU()), ("norm", BatchNorm2d(2)), ("flat", Flatten()), ("code", Linear(2 * 4 * 4, 3)));
}
