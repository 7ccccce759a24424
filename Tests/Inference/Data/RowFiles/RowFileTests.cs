using System.Globalization;
using System.Text;
using Microsoft.ML;
using OnnxAE.Inference;
using OnnxAE.Tests.Conformance;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Arrays_of_several_types_and_any_rank_are_read_by_rows()
    {
        _folder.Write("f4.npy", NpyFiles.Of<float>("<f4", "(2, 3)", 1, 2, 3, 4.5f, -5, 6e-20f));
        Assert.AreEqual("4.5 -5 6E-20", string.Join(' ', RowsOf.File<float>(_folder["f4.npy"], 3)[1]));
        _folder.Write("f8.npy", NpyFiles.Of<double>("<f8", "(3, )", 1, 0.1, 3));
        Assert.AreEqual("1 0.1 3", string.Join(' ', RowsOf.File<float>(_folder["f8.npy"], 1).SelectMany(r => r)));
        _folder.Write("i4.npy", NpyFiles.Of<int>("<i4", "(1, 2)", -1, 255));
        Assert.AreEqual("-1 255", string.Join(' ', RowsOf.File<float>(_folder["i4.npy"], 2)[0]));
        _folder.Write("i8.npy", NpyFiles.Of<long>("<i8", "(2, 1)", 3, 1L << 40)); // what NumPy makes of whole numbers
        CollectionAssert.AreEqual(new[] { 3, 1099511627776f }, RowsOf.File<float>(_folder["i8.npy"], 1).SelectMany(r => r).ToArray());
        _folder.Write("u1.npy", NpyFiles.Of<byte>("|u1", "(2, 1, 2, 2)", 1, 2, 3, 4, 5, 6, 7, 255));
        IDataView bytes = RowsOf.View(_folder["u1.npy"], 4);
        Assert.AreEqual("Vector<Byte, 1, 2, 2>", bytes.Schema["Values"].Type.ToString());
        CollectionAssert.AreEqual(new byte[] { 5, 6, 7, 255 }, RowsOf.View<byte>(bytes)[1]);
        Assert.AreEqual(2, bytes.GetRowCount());
    }

    [TestMethod]
    public void Arrays_of_every_type_of_number_and_either_byte_order_are_read()
    {
        Assert.AreEqual("-1 2", Row("|i1", (sbyte)-1, (sbyte)2));
        Assert.AreEqual("1 0", Row("|b1", (byte)1, (byte)0));
        Assert.AreEqual("-300 2", Row("<i2", (short)-300, (short)2));
        Assert.AreEqual("65535 2", Row("<u2", (ushort)65535, (ushort)2));
        Assert.AreEqual("4.2949673E+09 2", Row("<u4", uint.MaxValue, 2u));
        Assert.AreEqual("1.8446744E+19 2", Row("<u8", ulong.MaxValue, 2ul));
        Assert.AreEqual("0.5 -2", Row("<f2", (Half)0.5, (Half)(-2)));
        Assert.AreEqual("1.5 -2", Row(">f4", Turned(BitConverter.SingleToUInt32Bits(1.5f)), Turned(BitConverter.SingleToUInt32Bits(-2))));
        Assert.AreEqual("-3 258", Row(">i2", (short)unchecked((short)0xFDFF), (short)0x0201));

        string Row<T>(string type, params T[] values)
            where T : unmanaged
        {
            _folder.Write("a.npy", NpyFiles.Of<T>(type, "(1, 2)", values));
            return string.Join(' ', RowsOf.File<float>(_folder["a.npy"], 2).Single().Select(v => v.ToString(CultureInfo.InvariantCulture)));
        }

        static uint Turned(uint bits) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }

    [TestMethod]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (np.int64(2), np.int64(3)), }")]
    [DataRow("{\"descr\": \"<f4\", \"fortran_order\": false, \"shape\": [2, 3]}")]
    public void Headers_of_arrays_may_be_written_in_other_ways(string header)
    {
        _folder.Write("a.npy", [.. NpyFiles.Header(header), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6])]);
        Assert.AreEqual("4 5 6", string.Join(' ', RowsOf.File<float>(_folder["a.npy"], 3)[1]));
    }

    [TestMethod]
    public void Arrays_that_lie_column_by_column_are_read_by_rows()
    {
        // numpy.asfortranarray(numpy.arange(12).reshape(2, 2, 3))
        byte[] header = NpyFiles.Header("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2, 3), }");
        _folder.Write("a.npy", [.. header, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11])]);
        float[][] rows = RowsOf.File<float>(_folder["a.npy"], 6);
        Assert.AreEqual("0 1 2 3 4 5", string.Join(' ', rows[0]));
        Assert.AreEqual("6 7 8 9 10 11", string.Join(' ', rows[1]));
        _folder.Write("a.npy", [.. header, 1, 2, 3, 4]);
        Assert.Contains("has not the 12 values", Assert.ThrowsExactly<InvalidDataException>(() => RowsOf.File<float>(_folder["a.npy"], 6)).Message);
    }

    [TestMethod]
    public void Idx_files_of_every_type_are_read()
    {
        _folder.Write("a.idx", [0, 0, 0x0C, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 1, 0]); // whole numbers of 32 bits
        Assert.AreEqual("-2 256", string.Join(' ', RowsOf.File<float>(_folder["a.idx"], 2).Single()));
        _folder.Write("a.idx", [0, 0, 0x0E, 1, 0, 0, 0, 1, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]); // a double
        Assert.AreEqual("1.5", string.Join(' ', RowsOf.File<float>(_folder["a.idx"], 1).Single().Select(v => v.ToString(CultureInfo.InvariantCulture))));
    }

    [TestMethod]
    public void An_archive_is_no_file_of_rows()
    {
        _folder.Write("a.npz", "PK\x3\x4 and more"u8.ToArray());
        Assert.Contains("is a zip archive", Assert.ThrowsExactly<InvalidDataException>(() => RowsOf.File<float>(_folder["a.npz"], 2)).Message);
    }

    [TestMethod]
    public void Numbers_are_Double_for_a_model_that_takes_them()
    {
        _folder.Write("a.npy", NpyFiles.Of<double>("<f8", "(1, 2)", 1 / 3.0, 2));
        _folder.Write("a.csv", "0.3333333333333333,2"u8.ToArray());
        foreach (string name in new[] { "a.npy", "a.csv" })
        {
            IDataView view = RowsOf.Context.Data.LoadFromRowFile(_folder[name], new RowFileOptions { RowShape = [2], IsDouble = true });
            CollectionAssert.AreEqual(new[] { 1 / 3.0, 2 }, RowsOf.View<double>(view).Single());
        }
    }

    [TestMethod]
    [DataRow(BytePixels.Unit, 0.2f)]
    [DataRow(BytePixels.Raw, 51f)]
    public void Bytes_become_numbers_where_that_is_asked_for(BytePixels pixels, float expected)
    {
        _folder.Write("a.idx", [.. IdxFiles.Header(1, 2), 0, 51]);
        IDataView view = RowsOf.Context.Data.LoadFromRowFile(_folder["a.idx"], new RowFileOptions { RowShape = [2], Bytes = pixels });
        CollectionAssert.AreEqual(new[] { 0, expected }, RowsOf.View<float>(view).Single());
    }

    [TestMethod]
    public void Numbers_that_are_pixels_are_divided_where_that_is_asked_for()
    {
        _folder.Write("a.csv", "0,51\n"u8.ToArray());
        _folder.Write("a.npy", NpyFiles.Of<float>("<f4", "(1, 2)", 0, 51));
        foreach (string name in new[] { "a.csv", "a.npy" })
        {
            IDataView view = RowsOf.Context.Data.LoadFromRowFile(_folder[name], new RowFileOptions { RowShape = [2], Bytes = BytePixels.Unit });
            CollectionAssert.AreEqual(new[] { 0, 0.2f }, RowsOf.View<float>(view).Single());
        }
    }

    [TestMethod]
    [DataRow("1,2\n3,4\n")]
    [DataRow("1,2\r\n3,4")]
    [DataRow("\uFEFFa,b\n1,2\n\n3,4\n\n")]
    [DataRow("1;2\n3;4\n")]
    [DataRow("x\ty\n1\t2\n3\t4\n")]
    [DataRow("\"x, y\",\"z\"\n\"1\", 2 \n 3.0,+4e0\n")]
    public void Lines_of_numbers_are_read_with_and_without_headings(string text)
    {
        _folder.Write("a.csv", Encoding.UTF8.GetBytes(text));
        Assert.AreEqual("1 2 3 4", string.Join(' ', RowsOf.File<float>(_folder["a.csv"], 2).SelectMany(r => r)));
    }

    [TestMethod]
    public void Numbers_of_any_length_are_read_to_the_last_bit()
    {
        Random random = new(1);
        float[] floats = [.. Enumerable.Range(0, 5_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next())).Where(float.IsFinite), 0, -0f, float.MaxValue, float.Epsilon];
        string[] texts =
        [
            .. floats.Select(f => f.ToString(CultureInfo.InvariantCulture)),
            .. floats.Select(f => ((double)f).ToString("E30", CultureInfo.InvariantCulture)),
            .. floats.Where(f => f < 1e30).Select(f => (((double)f + MathF.BitIncrement(f)) / 2).ToString("F60", CultureInfo.InvariantCulture)), // halfway to the next one
            "1.", ".5", "+.5e+1", "007", "1e-99",
        ];
        _folder.Write("a.csv", Encoding.ASCII.GetBytes(string.Join(',', texts)));
        CollectionAssert.AreEqual(
            texts.Select(t => BitConverter.SingleToInt32Bits(float.Parse(t, CultureInfo.InvariantCulture))).ToArray(),
            RowsOf.File<float>(_folder["a.csv"], texts.Length).Single().Select(BitConverter.SingleToInt32Bits).ToArray());
    }

    [TestMethod]
    [DataRow("0,1,2\n7,8,9\n", 3, 1)]
    [DataRow("\"0\";\"1\";\"2\"\n7;8;9\n", 3, 1)]
    [DataRow("1,2,3,4,5,6,7,8,9,10\n1,2,3,4,5,6,7,8,9,10\n", 10, 1)]
    [DataRow("0.0,1.0,2.0\n7,8,9\n", 3, 2)]
    [DataRow("0,1,3\n7,8,9\n", 3, 2)]
    [DataRow("0,1\n7,8\n", 2, 2)] // may well be values
    [DataRow("1,2,3\n7,8,9\n", 3, 2)]
    public void A_first_line_that_counts_the_columns_is_headings(string text, int size, int rows)
    {
        _folder.Write("a.csv", Encoding.UTF8.GetBytes(text));
        Assert.HasCount(rows, RowsOf.File<float>(_folder["a.csv"], size));
    }

    [TestMethod]
    [DataRow("label,p0,p1\ncat,1,2\ndog,3,4\n")]
    [DataRow("label,p0,p1\n\"a, b\",1,2\n\"say \"\"a,b\"\"\" ,3,4\n")]
    [DataRow("label,p0,p1\n5\" wide,1,2\n\"open,3,4\n")] // quotes, but no quoted texts
    public void Cells_in_front_of_the_numbers_can_be_passed_over(string text)
    {
        _folder.Write("a.csv", Encoding.UTF8.GetBytes(text));
        IDataView view = RowsOf.Context.Data.LoadFromRowFile(_folder["a.csv"], new RowFileOptions { RowShape = [2], SkippedCells = 1 });
        Assert.AreEqual("1 2 3 4", string.Join(' ', RowsOf.View<float>(view).SelectMany(r => r)));
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("a-images-idx3-ubyte")]
    [DataRow("a.npy")]
    [DataRow("a.csv")]
    public void Gzip_is_told_by_content_and_the_format_by_name_or_content(string name)
    {
        byte[] content = Path.GetExtension(name) switch
        {
            ".npy" => NpyFiles.Of<byte>("|u1", "(2, 2)", 1, 2, 3, 4),
            ".csv" => "1,2\n3,4\n"u8.ToArray(),
            _ => [.. IdxFiles.Header(2, 1, 2), 1, 2, 3, 4],
        };
        _folder.Write(name, content);
        _folder.Write(name + ".gz", IdxFiles.Gzip(content));
        foreach (string path in new[] { _folder[name], _folder[name + ".gz"] })
        {
            IDataView view = RowsOf.Context.Data.LoadFromRowFile(path, new RowFileOptions { RowShape = [2], Bytes = BytePixels.Raw });
            Assert.AreEqual("1 2 3 4", string.Join(' ', RowsOf.View<float>(view).SelectMany(r => r)));
        }
    }

    [TestMethod]
    [DataRow("idx")]
    [DataRow("csv")]
    [DataRow("npy")]
    [DataRow("pictures")]
    public void Views_of_files_do_what_ML_NET_expects(string format)
    {
        byte[] values = [.. Enumerable.Range(0, 60).Select(i => (byte)(3 * i))];
        string path = format switch
        {
            "idx" => _folder.Write("a.idx", [.. IdxFiles.Header(15, 2, 2), .. values]),
            "npy" => _folder.Write("a.npy", NpyFiles.Of<float>("<f4", "(15, 4)", [.. values.Select(v => v / 7f)])),
            "csv" => _folder.Write("a.csv", Encoding.UTF8.GetBytes(string.Join('\n', values.Chunk(4).Select(r => string.Join(',', r))))),
            _ => _folder.Path,
        };
        for (int i = 0; format == "pictures" && i < 15; i++)
        {
            _folder.Write($"{i:D2}.pgm", [.. "P5 2 2 255\n"u8, .. values.AsSpan(4 * i, 4)]);
        }

        ViewConformance.Check(RowsOf.View(path, 4));
    }

    [TestMethod]
    public void A_stream_is_read_once()
    {
        RowSource source = RowSource.OfStream(new MemoryStream("1,2\n3,4\n"u8.ToArray()), "standard input", CancellationToken.None);
        RowFileView view = new(source, new RowFileOptions { RowShape = [2] });
        Assert.HasCount(2, RowsOf.View<float>(view));
        Assert.Contains("can be read once", Assert.ThrowsExactly<InvalidOperationException>(() => view.GetRowCursor(view.Schema)).Message);
    }
}
