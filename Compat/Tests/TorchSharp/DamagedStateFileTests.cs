using OnnxAE.Tests.Compat.TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxAE.Tests.Compat.StandIns.TorchSharp;

/// <summary>The original believes the lengths in a .dat file; the stand-in refuses what is not so, with a sentence.</summary>
[TestClass]
public class DamagedStateFileTests
{
    [TestMethod]
    [DataRow(new byte[] { 6, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, "claims the shape")]
    [DataRow(new byte[] { 6, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, "claims the shape")]
    [DataRow(new byte[] { 6, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1 }, "A length in the state file isn't a number")]
    [DataRow(new byte[] { 6, 100 }, "claims 100 dimensions")]
    [DataRow(new byte[] { 0x86, 2, 1, 1 }, "has the type 262")]
    [DataRow(new byte[] { 8, 1, 1 }, "has the type 8")]
    public void AnAbsurdEntryThatIsPassedOver_IsRefused(byte[] tensor, string reason)
    {
        using var module = Linear(2, 2);

        var thrown = Assert.ThrowsExactly<InvalidDataException>(() => module.load(new MemoryStream([1, 1, (byte)'x', .. tensor]), strict: false));

        Assert.Contains(reason, thrown.Message);
        Assert.EndsWith("the file is damaged.", thrown.Message);
    }

    [TestMethod]
    public void ALongName_IsRefused()
    {
        using var module = Linear(2, 2);

        Assert.ThrowsExactly<InvalidDataException>(() => module.load(new MemoryStream([2, 0xff, 0xff, 0xff, 0x7f]), strict: false));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AnyChangedByte_IsReadOrRefused(bool strict)
    {
        byte[] whole = File.ReadAllBytes(TorchGolden.PathOf("module.dat"));
        using var module = Sequential(
            ("conv", Conv2d(1, 2, 3, padding: 1)), ("relu", ReLU()), ("norm", BatchNorm2d(2)), ("flat", Flatten()), ("code", Linear(2 * 4 * 4, 3)));
        int refused = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte change in new byte[] { 0x01, 0x7f, 0x80, 0xff })
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= change;
                try
                {
                    module.load(new MemoryStream(damaged), strict);
                }
                catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException)
                {
                    refused++;
                }
            }
        }

        Assert.AreNotEqual(0, refused);
    }

    [TestMethod]
    public void AnAbsurdShapeInAnOptimizersState_IsRefusedBeforeMemoryIsTaken()
    {
        using var scope = NewDisposeScope();
        using var adam = optim.Adam([Parameter(ones(3))]);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        adam.save_state_dict(writer);
        byte[] saved = stream.ToArray();
        int size = Array.LastIndexOf(saved, (byte)3);
        saved[size] = 0x7f;

        Assert.ThrowsExactly<ArgumentException>(() => adam.load_state_dict(new BinaryReader(new MemoryStream(saved))));
    }
}
