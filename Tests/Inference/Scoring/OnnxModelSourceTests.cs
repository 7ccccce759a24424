using Google.Protobuf;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class OnnxModelSourceTests
{
    [TestMethod]
    public void What_was_looked_at_is_not_parsed_again()
    {
        using TemporaryFolder folder = new();
        OnnxModelSource source = OnnxModelSource.Open(TinyOnnx.Dense(4, 3).Save(folder));
        GraphProto graph = source.Graph;
        ModelProto first = source.Read(), second = source.Read();
        Assert.AreSame(graph, first.Graph);
        Assert.AreNotSame(first, second); // whoever got the first may have changed it
        Assert.AreEqual(first, second);
        source.Close();
    }

    [TestMethod]
    public void A_model_without_a_file_of_its_own_is_gone_when_it_is_closed()
    {
        byte[] bytes = TinyOnnx.Dense(4, 3).ToByteArray();
        OnnxModelSource source = OnnxModelSource.Store(bytes, "it");
        CollectionAssert.AreEqual(bytes, source.Read().ToByteArray());
        source.Close();
        Assert.ThrowsExactly<ObjectDisposedException>(source.Read);
    }
}
