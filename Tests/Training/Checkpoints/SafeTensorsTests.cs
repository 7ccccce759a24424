using System.Buffers.Binary;
using System.Text;
using OnnxAE.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OnnxAE.Tests;

[TestClass]
public sealed class SafeTensorsTests
{
    private const string Header = """{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}""";

    private const string Marks = "{}[]\",:0129-.enu\\ ";

    private static readonly byte[] Data = [0, 0, 128, 63, 0, 0, 0, 64, 7];

    [TestMethod]
    public void TensorsAndTextsAreRead()
    {
        using var scope = NewDisposeScope();
        var (tensors, metadata) = SafeTensors.Read(File(Encoding.UTF8.GetBytes(Header)));
        CollectionAssert.AreEqual(new float[] { 1, 2 }, tensors["x"].data<float>().ToArray());
        Assert.AreEqual(7, tensors["y"].item<byte>());
        Assert.AreEqual("b", metadata["a"]);
        foreach (Tensor tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    [TestMethod]
    [DataRow("offsets of one number", "[8,9]", "[8]")]
    [DataRow("offsets of three", "[8,9]", "[8,9,10]")]
    [DataRow("a tensor that is none", "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[8,9]}", "null")]
    [DataRow("texts that are none", "{\"a\":\"b\"}", "3")]
    [DataRow("half a letter in a name", "\"y\"", "\"\\ud800\"")]
    [DataRow("one name twice", "\"y\"", "\"x\"")]
    public void HeadersThatLieAreDamagedFiles(string what, string part, string lie)
    {
        Assert.Contains(part, Header);
        AssertDamaged(Encoding.UTF8.GetBytes(Header.Replace(part, lie, StringComparison.Ordinal)), what);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("\"no object\"")]
    [DataRow("17")]
    public void HeadersThatAreNoObjectAreDamagedFiles(string header) => AssertDamaged(Encoding.UTF8.GetBytes(header), header);

    [TestMethod]
    public void BytesThatAreNoTextAreDamagedFiles()
    {
        byte[] header = Encoding.UTF8.GetBytes(Header);
        header[Header.IndexOf("\"y\"", StringComparison.Ordinal) + 1] = 0xFF;
        AssertDamaged(header, "no UTF-8");
    }

    [TestMethod]
    public void NoChangeOfTheHeaderIsWorseThanDamage()
    {
        var random = new Random(1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        int damaged = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] header = Encoding.UTF8.GetBytes(Header);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                header[random.Next(header.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)Marks[random.Next(Marks.Length)];
            }

            try
            {
                foreach (Tensor tensor in SafeTensors.Read(File(header)).Tensors.Values)
                {
                    tensor.Dispose();
                }
            }
            catch (InvalidDataException)
            {
                damaged++;
            }
        }

        Assert.IsGreaterThan(4000, damaged);
        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void AssertDamaged(byte[] header, string what)
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.ThrowsExactly<InvalidDataException>(() => SafeTensors.Read(File(header)), what);
        Assert.AreEqual(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static MemoryStream File(byte[] header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return new MemoryStream([.. length, .. header, .. Data]);
    }
}
