using System.Buffers.Binary;
using Google.Protobuf;
using OnnxAE.Training;
using Tensorboard;

namespace OnnxAE.Tests;

[TestClass]
public sealed class TensorBoardLogTests
{
    [TestMethod]
    public void AnIndependentReaderFindsEveryCurve()
    {
        using var folder = new TemporaryFolder();
        TrainingHistory history;
        using (var log = new TensorBoardLog(folder.Path, everySteps: 3))
        using (var model = new NoisyNetwork())
        {
            var options = new TrainingOptions { Epochs = 2, BatchSize = 10, Objective = ObjectiveNotation.Parse("mse + kl(0.1)") };
            history = new AutoencoderTrainer(options).Fit(model, TinyData.Bars(40), TinyData.Bars(12, seed: 2), [log]);
        }

        List<Event> events = [.. Read(Path.Combine(folder.Path, TensorBoardLog.FileName))];
        Assert.AreEqual("brain.Event:2", events[0].FileVersion);
        var points = events.Skip(1).SelectMany(e => e.Summary.Value.Select(v => (v.Tag, e.Step))).ToLookup(p => p.Tag, p => p.Step);
        CollectionAssert.AreEqual(new long[] { 3, 6 }, points["batch/loss"].ToArray());
        CollectionAssert.AreEqual(new long[] { 3, 6 }, points["learning_rate"].ToArray());
        foreach (string tag in new[] { "train/loss", "train/kl", "train/mse", "validation/loss", "validation/kl" })
        {
            CollectionAssert.AreEqual(new long[] { 4, 8 }, points[tag].ToArray(), tag);
        }

        Assert.IsTrue(events.All(e => e.WallTime > 1.7e9));
        var values = events.Skip(1).SelectMany(e => e.Summary.Value).ToLookup(v => v.Tag, v => v.SimpleValue);
        AssertEqual("train/loss", epoch => epoch.TrainLoss);
        AssertEqual("train/kl", epoch => epoch.TrainParts!["kl"]);
        AssertEqual("validation/loss", epoch => epoch.ValidationLoss!.Value);
        AssertEqual("validation/mse", epoch => epoch.ValidationParts!["mse"]);

        void AssertEqual(string tag, Func<EpochResult, double> expected) =>
            CollectionAssert.AreEqual(history.Epochs.Select(epoch => (float)expected(epoch)).ToArray(), values[tag].ToArray(), tag);
    }

    [TestMethod]
    public void TheChecksumIsThatOfTheFormat()
    {
        // CRC-32C of "123456789" is E3069283 (RFC 3720, B.4, and every catalogue of checksums).
        Assert.AreEqual(0xE3069283, Crc("123456789"u8));
        using var stream = new MemoryStream();
        EventRecord.Write(stream, new Event { FileVersion = "brain.Event:2" });
        Assert.AreEqual("0F00000000000000", Convert.ToHexString(stream.ToArray(), 0, 8)); // tag, length, 13 letters
    }

    // From the format's description alone: no code is shared with the writer but the generated message.
    private static IEnumerable<Event> Read(string path)
    {
        ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
        while (!rest.IsEmpty)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest.Span);
            Assert.AreEqual(Mask(Crc(rest.Span[..8])), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[8..]));
            ReadOnlyMemory<byte> data = rest.Slice(12, length);
            Assert.AreEqual(Mask(Crc(data.Span)), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[(12 + length)..]));
            yield return Event.Parser.ParseFrom(new CodedInputStream(data.ToArray())); // TorchSharp generated Event for a parser of streams
            rest = rest[(16 + length)..];
        }
    }

    private static uint Mask(uint crc) => unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);

    // Bit by bit, with the reflected Castagnoli polynomial.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = ~0u;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }
}
