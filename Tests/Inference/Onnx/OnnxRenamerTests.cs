using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxRenamerTests
{
    [TestMethod]
    public void ThereAndBackGivesTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string path = TinyOnnx.Dense(4, 2).Save(folder);
        string renamed = folder.Write("renamed.onnx", OnnxRenamer.Rename(path, Names("x", "pixels"), Names("y", "code")));
        GraphProto graph = OnnxModelReader.Read(renamed).Graph;
        Assert.AreEqual("pixels", graph.Input[0].Name);
        Assert.AreEqual("code", graph.Output[0].Name);
        CollectionAssert.AreEqual(File.ReadAllBytes(path), OnnxRenamer.Rename(renamed, Names("pixels", "x"), Names("code", "y")));
    }

    [TestMethod]
    public void AValueWithinTheGraphGivesWay()
    {
        using TemporaryFolder folder = new();
        string path = TinyOnnx.Dense(4, 2).Save(folder);
        byte[] renamed = OnnxRenamer.Rename(path, Names("x", "sum"), new Dictionary<string, string>());
        float[] row = [1, 2, 3, 4];
        CollectionAssert.AreEqual(OnnxRun.Run(File.ReadAllBytes(path), row, 1, 4).Values, OnnxRun.Run(renamed, row, 1, 4).Values);
    }

    [TestMethod]
    public void NamesThatAreNotThereOrTakenAreRefused()
    {
        using TemporaryFolder folder = new();
        string path = TinyOnnx.Dense(4, 2).Save(folder);
        StringAssert.Contains(Refusal(path, Names("w", "a"), []), "no input 'w', expected one of x");
        StringAssert.Contains(Refusal(path, [], Names("x", "a")), "no output 'x', expected one of y");
        StringAssert.Contains(Refusal(path, Names("x", "y"), []), "an input or output 'y' already");
        StringAssert.Contains(Refusal(path, Names("x", ""), []), "is empty");
        StringAssert.Contains(Refusal(path, Names("x", "z"), Names("y", "z")), "expected different ones");
    }

    private static Dictionary<string, string> Names(string from, string to) => new() { [from] = to };

    private static string Refusal(string path, Dictionary<string, string> inputs, Dictionary<string, string> outputs)
        => Assert.ThrowsExactly<ArgumentException>(() => OnnxRenamer.Rename(path, inputs, outputs)).Message;
}
