using System.Buffers.Binary;
using System.IO.Compression;
using OnnxAE.Inference.Data.RowFiles;
using OnnxAE.Inference.Data.RowFiles.Pictures;
using OnnxAE.Pipelines.Report;

namespace OnnxAE.Tests.Inference.Data.RowFiles;

[TestClass]
public sealed class PngDecoderTests
{
    private const int Width = 7;
    private const int Height = 5;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void Every_filter_is_undone(int filter)
    {
        foreach (int channels in new[] { 1, 3 })
        {
            byte[] pixels = Pixels(channels);
            byte[] file = Png(channels, Filtered(pixels, Width * channels, channels, filter));
            PictureHeader header = PngDecoder.ReadHeader(file);
            Assert.AreEqual(new PictureHeader(Width, Height, channels), header);
            byte[] found = new byte[pixels.Length];
            PngDecoder.Decode(file, file.Length, header, found);
            CollectionAssert.AreEqual(pixels, found);
        }
    }

    [TestMethod]
    public void Coloured_pictures_become_planes()
    {
        using TemporaryFolder folder = new();
        byte[] pixels = Pixels(3);
        folder.Write("a.png", PngEncoder.EncodeColor(pixels, Width, Height));
        byte[] row = RowsOf.File<byte>(folder.Path, 3, Height, Width).Single();
        for (int i = 0; i < pixels.Length; i++)
            Assert.AreEqual(pixels[i], row[(i % 3 * Width * Height) + (i / 3)]);
    }

    [TestMethod]
    [DataRow(24, 16, "16 bits and colour type 0")]
    [DataRow(25, 6, "8 bits and colour type 6")]
    [DataRow(28, 1, "interlaced")]
    [DataRow(16, 0x80, "2147483655 x 5 pixels")]
    public void Other_kinds_of_pictures_are_refused(int offset, int value, string sentence)
    {
        byte[] file = PngEncoder.Encode(Pixels(1), Width, Height);
        file[offset] = (byte)value;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Of(file.AsSpan(12, 17)));
        Assert.Contains(sentence, Assert.ThrowsExactly<InvalidDataException>(() => PngDecoder.ReadHeader(file)).Message);
    }

    [TestMethod]
    public void Pixels_must_be_as_many_as_announced()
    {
        byte[] lines = Filtered(Pixels(1), Width, 1, filter: 0);
        AssertRefused(Png(1, lines[..^1]), "fewer pixels");
        AssertRefused(Png(1, [.. lines, 0]), "more pixels");
        AssertRefused(Png(1, [9, .. lines[1..]]), "filter 9");
        byte[] damaged = Png(1, lines);
        damaged[45] ^= 1;
        AssertRefused(damaged, "wrong checksum");
        AssertRefused(Png(1, lines)[..^13], "cut short");
    }

    private static void AssertRefused(byte[] file, string sentence)
        => Assert.Contains(sentence, Assert.ThrowsExactly<InvalidDataException>(
            () => PngDecoder.Decode(file, file.Length, new PictureHeader(Width, Height, 1), new byte[Width * Height])).Message);

    private static byte[] Pixels(int channels)
    {
        byte[] pixels = new byte[Width * Height * channels];
        new Random(channels).NextBytes(pixels);
        return pixels;
    }

    // The standard's filters, forwards.
    private static byte[] Filtered(byte[] pixels, int stride, int step, int filter)
    {
        List<byte> lines = [];
        for (int start = 0; start < pixels.Length; start += stride)
        {
            lines.Add((byte)filter);
            for (int x = 0; x < stride; x++)
            {
                int a = x >= step ? pixels[start + x - step] : 0;
                int b = start > 0 ? pixels[start + x - stride] : 0;
                int c = x >= step && start > 0 ? pixels[start + x - stride - step] : 0;
                int p = a + b - c;
                int paeth = Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
                int predicted = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth };
                lines.Add((byte)(pixels[start + x] - predicted));
            }
        }

        return [.. lines];
    }

    // The pixels in two chunks, as long files have them.
    private static byte[] Png(int channels, byte[] lines)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(lines);
        byte[] data = packed.ToArray();
        byte[] header = [0, 0, 0, Width, 0, 0, 0, Height, 8, (byte)(channels == 3 ? 2 : 0), 0, 0, 0];
        return [.. PngDecoder.Signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data.AsSpan(0, 5)), .. Chunk("IDAT"u8, data.AsSpan(5)), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(type, data));
        return chunk;
    }
}
