using System.Text;
using OnnxAE.Pipelines;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("cat\n\ndog\n")]
    [DataRow("label\r\ncat\r\n\r\ndog\r\n")]
    [DataRow("\"cat\"\n  \n\"dog\"")]
    [DataRow("\uFEFFcat\n\n \"dog\" \n")]
    public void A_line_is_a_label_and_an_empty_one_is_none(string text)
        => CollectionAssert.AreEqual(new[] { "cat", null, "dog" }, LabelFile.Read(Write(text), null, 3, "rows.csv"));

    [TestMethod]
    public void A_header_word_is_a_class_where_the_lines_are_as_many_as_the_rows()
        => CollectionAssert.AreEqual(new[] { "label", "x" }, LabelFile.Read(Write("label\nx\n"), null, 2, "rows.csv"));

    [TestMethod]
    public void Pictures_are_named_in_any_order()
    {
        string file = Write("file,label\n\"b, c.png\",\"a \"\"big\"\" dog\"\na.png,\n\n");
        CollectionAssert.AreEqual(new[] { null, "a \"big\" dog", null }, LabelFile.Read(file, ["a.png", "b, c.png", "d.png"], 3, "pictures"));
    }

    [TestMethod]
    public void A_quote_that_is_not_closed_takes_no_other_labels_with_it()
    {
        const string expected = "does not end with its last label, expected each label on one line, and a quote within a label doubled.";
        Refuse(() => LabelFile.Read(Write("a.png,x\nb.png,5\" wide\nc.png,y\n"), ["a.png", "b.png", "c.png"], 3, "in"), $"Line 2 of '{_folder["labels.csv"]}' {expected}");
        Refuse(() => LabelFile.Read(Write("x\n\"open\n" + new string('y', 1 << 24)), null, 3, "in"), expected);
    }

    [TestMethod]
    public void Bytes_of_an_idx_file_are_labels()
    {
        string file = _folder.Write("labels.idx", [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 12]);
        CollectionAssert.AreEqual(new[] { "7", "0", "12" }, LabelFile.Read(file, null, 3, "rows"));
        Refuse(() => LabelFile.Read(file, null, 4, "rows"), "holds 3 labels, expected one for each of the 4 rows of 'rows'.");
    }

    [TestMethod]
    public void What_does_not_go_with_the_rows_is_refused()
    {
        Refuse(() => LabelFile.Read(Write("a\nb\n"), null, 3, "x.csv"), "has 2 lines, expected one for each of the 3 rows of 'x.csv', empty where a row has no label.");
        Refuse(() => LabelFile.Read(Write("a,b\n"), null, 1, "x.csv"), "has 2 cells, expected one label a line, for the rows in their order.");
        Refuse(() => LabelFile.Read(Write("e.png,a\n"), ["a.png"], 1, "in"), "names 'e.png', expected a picture of 'in'.");
        Refuse(() => LabelFile.Read(Write("a.png,a\na.png,b\n"), ["a.png"], 1, "in"), "names 'a.png' again, expected each picture once.");
        Refuse(() => LabelFile.Read(Write("a.png\n"), ["a.png"], 1, "in"), "has 1 cells, expected two: a file name of 'in' and its label.");
        Refuse(() => LabelFile.Read(Write(new string('x', 300)), null, 1, "in"), "has a label of 300 characters, expected at most 200.");
        Assert.ThrowsExactly<FileNotFoundException>(() => LabelFile.Read(_folder["none.csv"], null, 1, "in"));
    }

    [TestMethod]
    public void Classes_are_in_the_order_of_their_numbers_or_letters()
    {
        CollectionAssert.AreEqual(new[] { "-1", "2", "10" }, ClassList.Of(["10", null, "2", "-1", "2"]).Names.ToArray());
        CollectionAssert.AreEqual(new[] { "10", "2", "a" }, ClassList.Of(["a", "2", "10"]).Names.ToArray());
        CollectionAssert.AreEqual(new uint[] { 2, 0, 1 }, ClassList.Of(["a", "b"]).KeysOf(["b", null, "a"], "x"));
        Refuse(() => ClassList.Of(["a", "b"]).KeysOf(["a", "c"], "x.csv"), "'x.csv' calls row 2 'c', which the classifier never saw; its classes are 'a', 'b'.");
    }

    private string Write(string text) => _folder.Write("labels.csv", Encoding.UTF8.GetBytes(text));

    private static void Refuse(Action read, string message)
        => Assert.EndsWith(message, Assert.ThrowsExactly<InvalidDataException>(read).Message);
}
