using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;
using OnnxAE.Tests.Conformance;

namespace OnnxAE.Tests;

[TestClass]
public sealed class TableFileTests
{
    private const string People = "age,city,income,class\r\n31,\"Bern, BE\",1.5,yes\r\nNA,Genf,2.5,no\r\n40,\"Bern, BE\",?,yes\r\n50,none,4,\r\n60,Genf,5,no\r\n";

    [TestMethod]
    public void OneScanSettlesWhatEachColumnHolds()
    {
        using TemporaryFolder folder = new();
        TableFile table = Open(folder, People, new TableOptions { Label = "class" });
        Assert.AreEqual(5, table.RowCount);
        Assert.AreEqual("age Number 1 |city Category 1 Bern, BE;Genf|income Number 1 |class Category 1 no;yes", string.Join('|', table.Columns.Select(Describe)));
        Assert.AreEqual("no yes", string.Join(' ', table.Classes));
    }

    [TestMethod]
    public void MissingCellsAreNaNOrEmptyText()
    {
        using TemporaryFolder folder = new();
        IDataView view = Open(folder, People).View;
        CollectionAssert.AreEqual(new[] { 31, float.NaN, 40, 50, 60 }, view.GetColumn<float>("age").ToArray());
        CollectionAssert.AreEqual(new[] { "Bern, BE", "Genf", "Bern, BE", "", "Genf" }, view.GetColumn<string>("city").ToArray());
    }

    [TestMethod]
    public void TheViewKeepsWhatMlNetExpects()
    {
        using TemporaryFolder folder = new();
        ViewConformance.Check(Open(folder, People).View);
    }

    [TestMethod]
    [DataRow("a;b\n1;x\n2;x\n", "a b")]
    [DataRow("a\tb\n1\tx\n2\tx\n", "a b")]
    [DataRow("a|b\n1|x\n2|x\n", "a b")]
    [DataRow("\uFEFFa,b\n1,x\n\n2,x\n", "a b")]
    [DataRow("a,\"b\nc\"\n1,\"x\ny\"\n2,\"x\ny\"\n", "a b\nc")]
    [DataRow("\"\",a\n1,2\n3,4\n", "c0 a")]
    [DataRow("400,402.5\n1,2\n", "c0 c1")]
    [DataRow("a\n1\n2\n", "a")]
    public void SeparatorsAndHeadingsAreTold(string text, string names)
    {
        using TemporaryFolder folder = new();
        TableFile table = Open(folder, text);
        Assert.AreEqual(names, string.Join(' ', table.Columns.Select(column => column.Name)));
        Assert.AreEqual(names == "c0 c1" ? 2 : table.View.GetColumn<float>(table.Columns.First(c => c.Kind == TableColumnKind.Number).Name).Count(), table.RowCount);
    }

    [TestMethod]
    [DataRow("a,b\n1,2\n3\n", "'t.csv', line 3: found 1 cells, expected 2")]
    [DataRow("a,a\n1,2\n", "has the heading 'a' more than once")]
    [DataRow("a,b\n1,\n2,NA\n", "the column 'b' holds nothing but missing values")]
    [DataRow("a,b\n1,2\n2,3\n3,4kg\n", "the column 'b' holds numbers, but in line 4 '4kg'")]
    [DataRow("a;b\n1;0,5\n2;1,5\n", "the column 'b' holds numbers, but in line 2 '0,5'")]
    [DataRow("0,5;0,7\n1,5;2,5\n", "the column 'c0' holds numbers, but in line 1 '0,5'")]
    [DataRow("\"1,234\",5\n\"2,000\",6\n", "the column 'c0' holds numbers, but in line 1 '1,234'")]
    [DataRow("a,b\n1,2\n2,3\n2,1e99\n", "line 4 '1e99'")]
    [DataRow("a,b\n1,x\n2,y\n3,z\n", "3 different texts in 3 rows")]
    [DataRow("a,b\n1,x\n2,y\n3,z\n", "leave it out with --columns -b.")]
    [DataRow("a,b\n", "holds headings alone")]
    [DataRow("", "holds no line")]
    [DataRow("a,b\n1,\0\n", "no text in UTF-8")]
    public void WhatCanNotBeReadIsRefused(string text, string message)
    {
        using TemporaryFolder folder = new();
        InvalidDataException exception = Assert.ThrowsExactly<InvalidDataException>(() => Open(folder, text));
        StringAssert.Contains(exception.Message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), message);
    }

    [TestMethod]
    public void OtherEncodingsAreRefused()
    {
        using TemporaryFolder folder = new();
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1 })
        {
            string path = folder.Write("t.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n1,2\n")]);
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => TableFile.Open(path)).Message, "UTF-8");
        }
    }

    [TestMethod]
    public void GzipIsUnpacked()
    {
        using TemporaryFolder folder = new();
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(People));
        }

        IDataView view = new MLContext().Data.LoadFromTable(folder.Write("t.csv.gz", packed.ToArray()));
        Assert.AreEqual(5, view.GetRowCount());
    }

    [TestMethod]
    [DataRow(null, "a b-1 c d")]
    [DataRow("c,a", "a c")]
    [DataRow("b-1..d", "b-1 c d")]
    [DataRow("-c", "a b-1 d")]
    [DataRow("-a..c", "d")]
    [DataRow("a..d,-b-1", "a c d")]
    public void FeaturesAreChosenByNotation(string? notation, string expected)
    {
        string[] names = ["a", "b-1", "c", "d", "y"];
        IReadOnlyList<int> places = ColumnSelection.Features(names, new TableOptions { Columns = notation, Label = "y" });
        Assert.AreEqual(expected, string.Join(' ', places.Select(i => names[i])));
    }

    [TestMethod]
    [DataRow("x", "Found no column 'x', expected one of a, b, y.")]
    [DataRow("b..a", "Found the range 'b..a'")]
    [DataRow("a,y", "both as the label and among the features")]
    [DataRow("-a..b", "no column left")]
    public void WrongNotationIsRefused(string notation, string message)
        => StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => ColumnSelection.Features(["a", "b", "y"], new TableOptions { Columns = notation, Label = "y" })).Message, message);

    [TestMethod]
    public void KeptColumnsComeAsText()
    {
        using TemporaryFolder folder = new();
        TableFile table = Open(folder, "id,a\n007,1\nNA,2\n", new TableOptions { Kept = ["id"] });
        CollectionAssert.AreEqual(new[] { "007", "NA" }, table.View.GetColumn<string>("id").ToArray());
        Assert.AreEqual(TableColumnRole.Kept, table.Columns[0].Role);
    }

    [TestMethod]
    public void FeaturesAreNumbersFlagsAndCategories()
    {
        using TemporaryFolder folder = new();
        MLContext ml = new(seed: 1);
        TableFile table = Open(folder, "n,k,city,m\n1,0.1,B,10\n3,0.1,A,NA\n1,0.1,B,30\n3,0.1,,20\n", new TableOptions());
        (ITransformer transformer, IReadOnlyList<TableSlots> slots) = TableFeatures.Fit(ml, table);
        Assert.AreEqual("n 0+1,k 1+1,city 2+2,m 4+2", string.Join(',', slots.Select(s => $"{s.Name} {s.Start}+{s.Length}")));

        ml.Model.Save(transformer, table.View.Schema, folder["features.zip"]);
        IDataView made = ml.Model.Load(folder["features.zip"], out _).Transform(Open(folder, "n,k,city,m\n1,0.1,C,10\n3,0.1,A,\n2,0.1,C,\n2,0.1,A,20\n").View);
        float[][] rows = [.. made.GetColumn<float[]>("Features")];
        const float Spread = 0.70710678f; // of 10, 20, 30 and 20
        float[][] expected = [[-1, 0, 0, 0, -1 / Spread, 0], [1, 0, 1, 0, 0, 1], [0, 0, 0, 0, 0, 1], [0, 0, 1, 0, 0, 0]];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
            {
                Assert.AreEqual(expected[i][j], rows[i][j], 1e-5f, $"row {i}, slot {j}");
            }
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        made.Schema["Features"].GetSlotNames(ref names);
        Assert.AreEqual(
            "Features.n,Features.k,Features.city.A,Features.city.B,Features.m,Features.m.IsMissing", string.Join(',', names.DenseValues().Select(name => name.ToString())));
        Assert.AreEqual("n,k,city,m,Features", string.Join(',', made.Schema.Where(c => !c.IsHidden).Select(c => c.Name)));
    }

    [TestMethod]
    public void AConstantColumnWithMissingValuesStaysSmall()
    {
        using TemporaryFolder folder = new();
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => (i % 7 == 0 ? "" : "16777.217") + ",0.1\n"));
        MLContext ml = new(seed: 1);
        TableFile table = Open(folder, text);
        foreach (float[] row in TableFeatures.Fit(ml, table).Transformer.Transform(table.View).GetColumn<float[]>("Features"))
        {
            Assert.IsTrue(row.All(value => Math.Abs(value) < 10), string.Join(' ', row));
        }
    }

    private static string Describe(TableColumn column) => $"{column.Name} {column.Kind} {column.MissingCount} {string.Join(';', column.Values)}";

    private static TableFile Open(TemporaryFolder folder, string text, TableOptions? options = null)
        => TableFile.Open(folder.Write("t.csv", Encoding.UTF8.GetBytes(text)), options ?? new TableOptions { Columns = text == People ? "-class" : null });
}
