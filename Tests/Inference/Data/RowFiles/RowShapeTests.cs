using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowShapeTests : IDisposable
{
    private static readonly byte[] Values = [.. Enumerable.Range(0, 36).Select(i => (byte)i)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(new[] { 2, 6, 3 }, new[] { 3, 2, 6 })]
    [DataRow(new[] { 1, 2, 6, 3 }, new[] { 3, 2, 6 })]
    [DataRow(new[] { 3, 3, 4 }, new[] { 4, 3, 3 })]
    public void Channels_that_stand_last_become_planes(int[] own, int[] wanted)
    {
        foreach (byte[] row in Read(own, wanted))
        {
            CollectionAssert.AreEqual(Values.Select((_, i) => (byte)((i % 12 * 3) + (i / 12))).ToArray(), wanted[0] == 3 ? row : Planes(wanted[0], row));
        }

        static byte[] Planes(int channels, byte[] row)
        {
            CollectionAssert.AreEqual(Values.Select((_, i) => (byte)((i % 9 * channels) + (i / 9))).ToArray(), row);
            return [.. Values.Select((_, i) => (byte)((i % 12 * 3) + (i / 12)))];
        }
    }

    [TestMethod]
    [DataRow(new[] { 36 }, new[] { 3, 2, 6 })]
    [DataRow(new[] { 3, 2, 6 }, new[] { 36 })]
    [DataRow(new[] { 6, 6 }, new[] { 1, 6, 6 })]
    [DataRow(new[] { 6, 6, 1 }, new[] { 1, 6, 6 })]
    [DataRow(new[] { 3, 2, 6 }, new[] { 3, 2, 6 })]
    public void Rows_of_the_same_order_are_read_as_they_are(int[] own, int[] wanted)
    {
        foreach (byte[] row in Read(own, wanted))
        {
            CollectionAssert.AreEqual(Values, row);
        }
    }

    [TestMethod]
    public void Where_both_orders_fit_channels_stand_first()
    {
        string path = _folder.Write("a.idx", IdxFiles.Random(1, 1, 3, 3, 3));
        CollectionAssert.AreEqual(File.ReadAllBytes(path)[20..], RowsOf.File<byte>(path, 3, 3, 3).Single());
    }

    [TestMethod]
    [DataRow(new[] { 4, 9 }, new[] { 1, 9, 4 })]
    [DataRow(new[] { 4, 9 }, new[] { 1, 6, 6 })]
    [DataRow(new[] { 6, 3, 2 }, new[] { 3, 2, 6 })]
    public void Rows_of_another_order_are_refused(int[] own, int[] wanted) => Assert.Contains(
        $"holds rows of {string.Join(" x ", own)}, expected {string.Join(" x ", wanted)}",
        Assert.ThrowsExactly<InvalidDataException>(() => Read(own, wanted).Count()).Message);

    [TestMethod]
    public void Channels_that_stand_last_in_Fortrans_order_become_planes()
    {
        // One row, [1, 2, 2, 3]: the value of channel c at (y, x) is 100 c + 10 y + x; y varies fastest in the file.
        float[] values = [.. Enumerable.Range(0, 12).Select(i => (100f * (i / 4)) + (10 * (i % 2)) + (i / 2 % 2))];
        byte[] file = [.. NpyFiles.Header("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2, 2, 3), }"), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())];
        CollectionAssert.AreEqual(new float[] { 0, 1, 10, 11, 100, 101, 110, 111, 200, 201, 210, 211 }, RowsOf.File<float>(_folder.Write("a.npy", file), 3, 2, 2).Single());
    }

    // The same two rows from an .npy and an .idx file, where that has a place for so many dimensions.
    private IEnumerable<byte[]> Read(int[] own, int[] wanted)
    {
        byte[][] rows = RowsOf.File<byte>(_folder.Write("a.npy", NpyFiles.Of<byte>("|u1", $"(2, {string.Join(", ", own)})", [.. Values, .. Values])), wanted);
        return own.Length > 3 ? rows : rows.Concat(RowsOf.File<byte>(_folder.Write("a.idx", [.. IdxFiles.Header([2, .. own]), .. Values, .. Values]), wanted));
    }
}
