using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class BadRowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("7", "found 1 values, expected 2")]
    [DataRow("7,8,9", "found 3 values, expected 2")]
    [DataRow("7,eight", "found 'eight' as value 2, expected a number")]
    [DataRow("1e,8", "found '1e' as value 1, expected a number")]
    [DataRow("7,1 2", "found '1 2' as value 2, expected a number")]
    [DataRow("7,0x10", "found '0x10' as value 2, expected a number")]
    [DataRow(",8", "found an empty cell as value 1, expected a number")]
    [DataRow("7,nan", "found NaN as value 2, expected a finite number")]
    [DataRow("-Infinity,8", "found -Infinity as value 1, expected a finite number")]
    [DataRow("7,1e99", "found Infinity as value 2, expected a finite number")]
    [DataRow("7,\u001b[2Jx", "found '?[2Jx' as value 2, expected a number")]
    public void A_bad_line_is_named_with_its_place(string line, string fault)
    {
        string path = _folder.Write("a.csv", Encoding.UTF8.GetBytes($"a,b\n1,2\n{line}\n3,4\n"));
        IDataView view = RowsOf.View(path, 2);
        Assert.AreEqual($"'{path}', row 2 (line 3): {fault}.", Assert.ThrowsExactly<InvalidDataException>(() => RowsOf.View<float>(view)).Message);
    }

    [TestMethod]
    public void Bad_rows_are_left_out_or_marked_as_missing_and_told_of()
    {
        string path = _folder.Write("a.csv", "1,2\nx,2\n3,4\n5\n"u8.ToArray());
        List<BadRow> skipped = [], missing = [];
        Assert.AreEqual("1 2 3 4", string.Join(' ', RowsOf.Bad(path, BadRowHandling.Skip, skipped, 2).SelectMany(r => r)));
        Assert.AreEqual("1 2 0 0 3 4 0 0", string.Join(' ', RowsOf.Bad(path, BadRowHandling.Null, missing, 2).SelectMany(r => r)));
        CollectionAssert.AreEqual(skipped, missing);
        CollectionAssert.AreEqual(new[] { (2L, "line 2"), (4L, "line 4") }, skipped.Select(r => (r.Row, r.Place)).ToArray());

        IDataView view = RowsOf.Context.Data.LoadFromRowFile(path, new RowFileOptions { RowShape = [2], OnBadRow = BadRowHandling.Null });
        CollectionAssert.AreEqual(new[] { false, true, false, true }, view.GetColumn<bool>("IsMissing").ToArray());
        IDataView rest = RowsOf.Context.Data.LoadFromRowFile(path, new RowFileOptions { RowShape = [2], OnBadRow = BadRowHandling.Skip });
        CollectionAssert.AreEqual(new[] { 0L, 2L }, rest.GetColumn<long>("Row").ToArray()); // numbers of the file
    }

    [TestMethod]
    public void A_line_without_end_costs_no_memory_and_one_row()
    {
        string path = _folder.Write("a.csv", [.. "1,2\n"u8, .. Enumerable.Repeat((byte)'7', 1_000_000), .. "\n3,4\n"u8]);
        List<BadRow> found = [];
        Assert.HasCount(2, RowsOf.Bad(path, BadRowHandling.Skip, found, 2));
        Assert.Contains("too long", found.Single().ToString());
    }

    [TestMethod]
    public void Values_of_an_array_that_are_not_finite_are_named_with_their_offset()
    {
        byte[] file = NpyFiles.Of<float>("<f4", "(3, 2)", 1, 2, float.NaN, 4, 5, float.NegativeInfinity);
        string path = _folder.Write("a.npy", file);
        List<BadRow> found = [];
        Assert.HasCount(1, RowsOf.Bad(path, BadRowHandling.Skip, found, 2));
        CollectionAssert.AreEqual(
            new[]
            {
                $"row 2 (byte {file.Length - 16}): found NaN as value 1, expected a finite number",
                $"row 3 (byte {file.Length - 8}): found -Infinity as value 2, expected a finite number",
            },
            found.Select(r => r.ToString()).ToArray());
    }

    [TestMethod]
    public void Damaged_pictures_are_bad_rows_called_by_their_names()
    {
        _folder.Write("a.pgm", "P5\n# a remark\n2 2\n255\nabcd"u8.ToArray());
        _folder.Write("b.pgm", "P5 2 2 255\nabc"u8.ToArray());
        _folder.Write("c.png", "no picture"u8.ToArray());
        _folder.Write("d.pgm", "P5 4 1 255\nabcd"u8.ToArray());
        _folder.Write("e.pgm", "P2 2 2 255\n1 2 3"u8.ToArray());
        _folder.Write("f.txt", "not looked at"u8.ToArray());
        List<BadRow> found = [];
        CollectionAssert.AreEqual(new float[] { 'a', 'b', 'c', 'd' }, RowsOf.Bad(_folder.Path, BadRowHandling.Skip, found, 4).Single());
        CollectionAssert.AreEqual(
            new[]
            {
                "row 2 (b.pgm): found 3 bytes of pixels, expected 4",
                "row 3 (c.png): found no picture or a damaged one, expected PNG, JPEG, WebP, BMP, GIF, PGM or PPM",
                "row 4 (d.pgm): found 4 x 1 pixels, expected 2 x 2",
                "row 5 (e.pgm): found a PGM or PPM picture that is cut short or damaged, expected width, height, the number for white, and pixels",
            },
            found.Select(r => r.ToString()).ToArray());
    }
}
