using System.IO.Compression;
using System.Text;
using OnnxAE.Inference;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowWriterTests
{
    private static readonly PixelRange Unit = new("Normalized_0_1", 0, 1);

    [TestMethod]
    public void AnArrayIsWrittenByteForByteAsNumpyWritesIt()
    {
        // numpy.save of numpy.array([[1, 2], [3, 4]], dtype='<f4'): 128 bytes of header, the text padded with blanks.
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. Encoding.ASCII.GetBytes(header.PadRight(117) + "\n"), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40];
        foreach (long? announced in new long?[] { null, 2 })
        {
            using MemoryStream file = new();
            Write(new NpyRowWriter(file, typeof(float), [2], announced), [1f, 2f], [3f, 4f]);
            CollectionAssert.AreEqual(expected, file.ToArray());
        }
    }

    [TestMethod]
    public void AnAnnouncedCountIsKeptOrTheOutputIsRefused()
        => Assert.ThrowsExactly<InvalidDataException>(() => Write(new NpyRowWriter(new MemoryStream(), typeof(float), [1], announced: 3), [1f], [2f]));

    [TestMethod]
    public void LinesHaveTheShortestNumbersThatReadBack()
    {
        using MemoryStream file = new();
        CsvRowWriter writer = new(file, isGzip: false, ["a", "b, c"], withRows: true);
        writer.BeginRow(0, null);
        writer.Append<float>([0.1f, -1e-20f]);
        writer.EndRow();
        writer.BeginRow(1, "x,y.png");
        writer.AppendMissing(2);
        writer.EndRow();
        writer.Complete();
        Assert.AreEqual("row,a,\"b, c\"\n1,0.1,-1E-20\n\"x,y.png\",NaN,NaN\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [TestMethod]
    public void NumbersOfALineLoseNoDigit()
    {
        using MemoryStream file = new();
        CsvRowWriter writer = new(file, isGzip: false, ["a", "b", "c"], withRows: false);
        writer.BeginRow(0, null);
        writer.Append<float>([MathF.PI, 16777217.5f]);
        writer.Append<double>([Math.PI]);
        writer.EndRow();
        writer.Complete();
        Assert.AreEqual("a,b,c\n3.1415927,16777218,3.141592653589793\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [TestMethod]
    public void PixelsAreRoundedToBytesOfTheModelsRange()
    {
        byte[] bytes = new byte[5];
        PixelBytes.Of<float>([-1, 0, 1, 2, -3], new PixelRange("Normalized_1_1", -1, 1), bytes);
        CollectionAssert.AreEqual(new byte[] { 0, 128, 255, 255, 0 }, bytes);
        for (int i = 0; i < 256; i++)
        {
            PixelBytes.Of<float>([i / 255f], Unit, bytes);
            Assert.AreEqual(i, bytes[0]);
        }
    }

    [TestMethod]
    public void APackedIdxFileHasTheCountThatWasKnownAtTheEnd()
    {
        byte[] expected = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102];
        foreach (bool isGzip in new[] { false, true })
        {
            using MemoryStream file = new();
            Write(new IdxRowWriter(file, isGzip, [1, 2], Unit, announced: null), [0f, 1f], [0.2f, 0.4f]);
            file.Position = 0;
            using MemoryStream content = new();
            (isGzip ? (Stream)new GZipStream(file, CompressionMode.Decompress) : file).CopyTo(content);
            CollectionAssert.AreEqual(expected, content.ToArray());
        }
    }

    [TestMethod]
    public void TheListOfSlicesStaysShort()
    {
        SliceLog log = new(TimeProvider.System);
        for (long rows = 100_000; rows <= 100_000_000; rows += 100_000)
        {
            log.Count(rows);
        }

        Assert.IsLessThan(128, log.Slices.Count);
        Assert.AreEqual(100_000, log.Slices[0].Rows);
        Assert.IsGreaterThan(98_000_000, log.Slices[^1].Rows);
    }

    private static void Write(RowWriter writer, params float[][] rows)
    {
        using (writer)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                writer.BeginRow(i, null);
                writer.Append<float>(rows[i]);
                writer.EndRow();
            }

            writer.Complete();
        }
    }
}
