using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class IdxReaderTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Reads_back_what_was_written_whatever_the_name_says(bool gzip)
    {
        using TemporaryFolder folder = new();
        for (int seed = 0; seed < 20; seed++)
        {
            int[] dimensions = [.. Enumerable.Range(0, 1 + (seed % 4)).Select(i => 1 + ((seed * 7 + i * 3) % 9))];
            byte[] content = IdxFiles.Random(seed, dimensions);
            IdxArray read = IdxReader.Read(folder.Write("any.name", gzip ? IdxFiles.Gzip(content) : content));
            CollectionAssert.AreEqual(dimensions, read.Dimensions.ToArray());
            Assert.IsTrue(read.Data.Span.SequenceEqual(content.AsSpan(4 + (4 * dimensions.Length))));
        }
    }

    [TestMethod]
    public void Reads_content_that_is_longer_than_its_first_chunk()
    {
        using TemporaryFolder folder = new();
        byte[] content = IdxFiles.Random(1, 3000, 1000);
        IdxArray read = IdxReader.Read(folder.Write("big", IdxFiles.Gzip(content)));
        Assert.IsTrue(read.Data.Span.SequenceEqual(content.AsSpan(12)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Refuses_every_prefix_and_every_extension(bool gzip)
    {
        using TemporaryFolder folder = new();
        byte[] content = IdxFiles.Random(3, 3, 2, 2);
        byte[][] broken = [.. Enumerable.Range(0, content.Length).Select(n => content[..n]), [.. content, 0]];
        foreach (byte[] bytes in broken)
        {
            string path = folder.Write("broken", gzip ? IdxFiles.Gzip(bytes) : bytes);
            InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => IdxReader.Read(path));
            StringAssert.Contains(error.Message, path);
            StringAssert.Contains(error.Message, "expected");
        }
    }

    [TestMethod]
    public void Refuses_damaged_bytes_or_reads_as_many_values_as_it_says()
    {
        using TemporaryFolder folder = new();
        byte[] packed = IdxFiles.Gzip(IdxFiles.Random(5, 40, 4, 4));
        Random random = new(5);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = (byte[])packed.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            string path = folder.Write("damaged", damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]);
            try
            {
                IdxArray read = IdxReader.Read(path);
                Assert.AreEqual(read.Dimensions.Aggregate(1, (a, b) => a * b), read.Data.Length);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [TestMethod]
    [DataRow(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [DataRow(new[] { 2_000_000_000 })]
    [DataRow(new[] { -1, 28, 28 })]
    [DataRow(new[] { 60_000, 28, 28 })]
    public void A_header_that_claims_too_much_allocates_nothing(int[] dimensions)
    {
        using TemporaryFolder folder = new();
        foreach (byte[] content in new[] { IdxFiles.Header(dimensions), IdxFiles.Gzip(IdxFiles.Header(dimensions)) })
        {
            string path = folder.Write("claims", content);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsExactly<InvalidDataException>(() => IdxReader.Read(path));
            Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [TestMethod]
    [DataRow("00000F03")] // no type
    [DataRow("00000800")] // no dimension
    [DataRow("00000809")] // nine
    [DataRow("504B0304")] // a zip archive
    public void Refuses_another_magic_number(string magic)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("other", [.. Convert.FromHexString(magic), .. new byte[64]]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => IdxReader.Read(path)).Message, magic);
    }

    [TestMethod]
    public void Labels_are_bytes_or_integers_of_32_bits()
    {
        using TemporaryFolder folder = new();
        byte[] integers = [0, 0, 0x0C, 1, 0, 0, 0, 3, 0, 0, 1, 0, 255, 255, 255, 255, 0, 0, 0, 7];
        CollectionAssert.AreEqual(new[] { 256, -1, 7 }, IdxReader.ReadLabels(folder.Write("i4", IdxFiles.Gzip(integers)), out IReadOnlyList<int> dimensions));
        CollectionAssert.AreEqual(new[] { 3 }, dimensions.ToArray());
        CollectionAssert.AreEqual(new[] { 9, 200 }, IdxReader.ReadLabels(folder.Write("u1", IdxFiles.Labels(9, 200)), out _));
        Assert.Contains("ends after", Assert.ThrowsExactly<InvalidDataException>(() => IdxReader.ReadLabels(folder.Write("cut", integers[..^1]), out _)).Message);
        integers[2] = 0x0D;
        Assert.Contains("type Single", Assert.ThrowsExactly<InvalidDataException>(() => IdxReader.ReadLabels(folder.Write("f4", integers), out _)).Message);
    }

    [TestMethod]
    public void A_missing_file_and_a_folder_are_named()
    {
        using TemporaryFolder folder = new();
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => IdxReader.Read(folder["none"])).Message, folder["none"]);
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => IdxReader.Read(folder.Path)).Message, "is a folder");
    }
}
