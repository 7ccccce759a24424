using System.Text;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class DamagedRowFileTests : IDisposable
{
    private const long MostAllocated = 4 << 20; // several buffers of a small file; far less than any size that a header can claim

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 3), }", "holds rows of 3 values, expected 2")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 999999999, 999999999, 999999999), }", "holds rows of countless values (999999999 x 999999999 x 999999999), expected 2")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 99999999999), }", "claims 99999999999 entries in dimension 2")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 2), }", "claims 99999999999999999999 rows")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999, 2), }", "ends within row 1, expected 9,999,999,999,999,999 rows")]
    [DataRow("{'descr': '<f4', 'fortran_order': True, 'shape': (9, 2), }", "numpy.ascontiguousarray")]
    [DataRow("{'descr': '<f4', 'fortran_order': True, 'shape': (9999999999, 2), }", "claims 9,999,999,999 rows that lie column by column")]
    [DataRow("{'descr': '<c8', 'fortran_order': False, 'shape': (9, 2), }", "the type '<c8', expected numbers such as float32")]
    [DataRow("{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (9,), }", "records of several fields")]
    [DataRow("{'descr': '|O', 'fortran_order': False, 'shape': (9, 2), }", "the type '|O', expected numbers such as float32")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "0 dimensions, expected rows")]
    [DataRow("{'descr': '<f4', 'shape': (9, 2), }", "no NumPy array's")]
    [DataRow("import os", "no NumPy array's")]
    public void Headers_of_arrays_that_can_not_be_read_are_refused(string header, string sentence)
    {
        string path = _folder.Write("a.npy", NpyFiles.Header(header));
        Assert.Contains(sentence, Assert.ThrowsExactly<InvalidDataException>(() => RowsOf.File<float>(path, 2)).Message);
    }

    [TestMethod]
    public void Files_that_end_early_or_go_on_are_refused_whatever_is_done_with_bad_rows()
    {
        byte[] npy = NpyFiles.Of<float>("<f4", "(2, 2)", 1, 2, 3, 4);
        AssertRefused("a.npy", npy[..^1], "ends within row 2, expected 2 rows: it is cut short");
        AssertRefused("a.npy", [.. npy, 0], "goes on after the 2 rows that its header announces");
        AssertRefused("a.npy", npy[..20], "ends within its header");
        AssertRefused("a.idx", [.. IdxFiles.Header(2, 2), 1, 2, 3], "ends within row 2");
        AssertRefused("a.idx", [.. IdxFiles.Header(2, -2), 1, 2, 3], "entries in dimension 2");
        AssertRefused("a.csv", [.. IdxFiles.Gzip("1,2\n3,4\n"u8.ToArray())[..^9]], "damaged or cut short");
        AssertRefused("a.csv", [.. IdxFiles.Gzip("1,2\n3,4\n"u8.ToArray()), .. "rest"u8], "damaged or cut short");
    }

    [TestMethod]
    public void Gzip_files_in_a_row_are_one()
    {
        string path = _folder.Write("a.csv.gz", [.. IdxFiles.Gzip("1,2\n3,"u8.ToArray()), .. IdxFiles.Gzip("4\n"u8.ToArray())]);
        Assert.AreEqual("1 2 3 4", string.Join(' ', RowsOf.File<float>(path, 2).SelectMany(r => r)));
    }

    [TestMethod]
    [DataRow("a.npy")]
    [DataRow("a.idx")]
    [DataRow("a.csv")]
    [DataRow("a.csv.gz")]
    [DataRow("a.png")]
    [DataRow("a.jpg")]
    [DataRow("a.webp")]
    [DataRow("a.gif")]
    [DataRow("a.bmp")]
    [DataRow("a.pgm")]
    public void A_mutated_file_gives_rows_or_one_clear_exception(string name)
    {
        byte[] values = [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 37))];
        byte[] sound = name switch
        {
            "a.npy" => NpyFiles.Of<float>("<f4", "(4, 16)", [.. values.Select(v => (float)v)]),
            "a.idx" => [.. IdxFiles.Header(4, 4, 4), .. values],
            "a.csv" => Encoding.ASCII.GetBytes(string.Join('\n', values.Chunk(16).Select(r => string.Join(',', r)))),
            "a.csv.gz" => IdxFiles.Gzip(Encoding.ASCII.GetBytes(string.Join('\n', values.Chunk(16).Select(r => string.Join(',', r))))),
            "a.pgm" => [.. "P5 16 16 255\n"u8, .. values, .. values, .. values, .. values],
            _ => File.ReadAllBytes(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Inference/Data/RowFiles/Golden/Pictures"), $"grey*{Path.GetExtension(name)}")[0]),
        };
        bool isPicture = name is not ("a.npy" or "a.idx" or "a.csv" or "a.csv.gz");
        Random random = new(name.Length);
        for (int i = 0; i < 300; i++)
        {
            string path = _folder.Write(name, Mutate(sound, random));
            List<BadRow> found = [];
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                int rows = RowsOf.Bad(isPicture ? _folder.Path : path, BadRowHandling.Skip, found, isPicture ? 256 : 16).Length;
                Assert.IsLessThanOrEqualTo(sound.Length, rows + found.Count);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith($"'{path}'", e.Message);
            }

            Assert.IsLessThan(MostAllocated, GC.GetAllocatedBytesForCurrentThread() - before, $"{name}, mutation {i}");
        }
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        List<byte> bytes = [.. sound];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 9)).Select(_ => (byte)random.Next(256))); break;
                default: bytes[at] = byte.MaxValue; break;
            }

            if (bytes.Count == 0)
            {
                bytes.Add(0);
            }
        }

        return [.. bytes];
    }

    private void AssertRefused(string name, byte[] content, string sentence)
    {
        string path = _folder.Write(name, content);
        Assert.Contains(sentence, Assert.ThrowsExactly<InvalidDataException>(() => RowsOf.Bad(path, BadRowHandling.Skip, [], 2)).Message);
    }
}
