using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using OnnxAE.Pipelines.Report;

namespace OnnxAE.Tests.Pipelines.Report;

[TestClass]
public sealed class PngEncoderTests
{
    [TestMethod]
    public void PixelsComeBackFromTheCompressedLines()
    {
        byte[] pixels = [.. Enumerable.Range(0, 28 * 20).Select(i => (byte)(i * 37))];
        byte[] png = PngEncoder.Encode(pixels, 28, 20);

        var chunks = ReadChunks(png);
        CollectionAssert.AreEqual(new[] { "IHDR", "IDAT", "IEND" }, chunks.Select(c => c.Type).ToArray());
        Assert.AreEqual(28, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data));
        Assert.AreEqual(20, BinaryPrimitives.ReadInt32BigEndian(chunks[0].Data.AsSpan(4)));
        CollectionAssert.AreEqual(new byte[] { 8, 0, 0, 0, 0 }, chunks[0].Data[8..]);

        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        byte[] decoded = [.. lines.ToArray().Chunk(29).SelectMany(line => line[1..])];
        CollectionAssert.AreEqual(pixels, decoded);
    }

    [TestMethod]
    public void ColoursKeepTheirOrder()
    {
        byte[] png = PngEncoder.EncodeColor([1, 2, 3, 4, 5, 6], 1, 2);
        var chunks = ReadChunks(png);
        Assert.AreEqual(2, chunks[0].Data[9]);
        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3, 0, 4, 5, 6 }, lines.ToArray());
    }

    [TestMethod]
    public void ChecksumIsTheOneOfTheStandard()
    {
        // The CRC of an empty IEND chunk is printed in every PNG file.
        byte[] png = PngEncoder.Encode([0], 1, 1);
        CollectionAssert.AreEqual(new byte[] { 0xAE, 0x42, 0x60, 0x82 }, png[^4..]);
    }

    [TestMethod]
    public void PixelsThatDoNotFillThePictureAreRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => PngEncoder.Encode(new byte[5], 2, 3));

    private static List<(string Type, byte[] Data)> ReadChunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }
}
