using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests;

[TestClass]
public sealed class LabeledSliceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0.1, 10)]
    [DataRow(0.019, 2)]
    [DataRow(0.025, 3)]
    [DataRow(0.005, 1)]
    [DataRow(1.0, 100)]
    public void Every_class_keeps_the_same_fraction_and_no_row_is_lost(double fraction, int perClass)
    {
        IDataView all = _ml.Data.LoadFromRows(RowSetViewTests.Numbered(1000));
        (IDataView labeled, IDataView unlabeled) = _ml.Data.TakeLabeledSlice(all, fraction, seed: 5);
        Dictionary<uint, int> counts = labeled.GetColumn<uint>("Label").CountBy(l => l).ToDictionary();
        Assert.HasCount(10, counts);
        Assert.IsTrue(counts.Values.All(c => c == perClass));
        Assert.AreEqual(10L * perClass, labeled.GetRowCount());
        Assert.AreEqual(1000L - (10 * perClass), unlabeled.GetRowCount());
        Assert.IsTrue(unlabeled.GetColumn<uint>("Label").All(l => l == 0));
        ulong[] both = [.. Ids(labeled), .. Ids(unlabeled)];
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).Select(i => (ulong)i).ToArray(), both.Order().ToArray());
    }

    [TestMethod]
    public void Hiding_labels_keeps_those_of_the_slice_and_every_row()
    {
        IDataView all = _ml.Data.LoadFromRows(RowSetViewTests.Numbered(1000));
        HashSet<ulong> slice = [.. Ids(_ml.Data.TakeLabeledSlice(all, 0.05, seed: 3).Labeled)];
        uint[] labels = [.. all.GetColumn<uint>("Label")];
        uint[] kept = [.. _ml.Data.KeepLabels(all, 0.05, seed: 3).GetColumn<uint>("Label")];
        CollectionAssert.AreEqual(labels.Select((label, i) => slice.Contains((ulong)i) ? label : 0).ToArray(), kept);
    }

    [TestMethod]
    public void The_seed_alone_chooses_the_rows()
    {
        IDataView all = _ml.Data.LoadFromRows(RowSetViewTests.Numbered(1000));
        ulong[] Draw(int seed) => Ids(_ml.Data.TakeLabeledSlice(all, 0.05, seed).Labeled);
        CollectionAssert.AreEqual(Draw(1), Draw(1));
        CollectionAssert.AreNotEqual(Draw(1), Draw(2));
    }

    [TestMethod]
    public void Membership_depends_on_neither_columns_nor_order_nor_the_number_of_cursors()
    {
        IDataView all = _ml.Data.LoadFromRows(RowSetViewTests.Numbered(500));
        IDataView slice = _ml.Data.TakeLabeledSlice(all, 0.1).Labeled;
        ulong[] expected = Ids(slice);
        CollectionAssert.AreEqual(expected, Ids(slice, slice.Schema).ToArray());
        CollectionAssert.AreEqual(expected, Ids(slice, [], new Random(9)).Order().ToArray());
        CollectionAssert.AreEqual(expected, slice.GetRowCursorSet([], 3).SelectMany(Ids).Order().ToArray());
    }

    [TestMethod]
    public void Rows_without_a_label_go_to_the_rest()
    {
        IDataView all = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
        {
            Number = i % 3 == 0 ? float.NaN : i % 3,
            Text = i % 3 == 0 ? "" : $"class {i % 3}",
        }));
        foreach (string column in new[] { nameof(Row.Number), nameof(Row.Text) })
        {
            (IDataView labeled, IDataView unlabeled) = _ml.Data.TakeLabeledSlice(all, 0.5, labelColumnName: column);
            Assert.AreEqual(20, Ids(labeled).Length);
            Assert.IsTrue(Ids(labeled).All(i => i % 3 != 0));
            Assert.AreEqual(40, Ids(unlabeled).Length);
        }

        IDataView rest = _ml.Data.TakeLabeledSlice(all, 0.5, labelColumnName: nameof(Row.Text)).Unlabeled;
        Assert.IsTrue(rest.GetColumn<string>(nameof(Row.Text)).All(t => t.Length == 0));
        Assert.AreEqual(20, rest.GetColumn<float>(nameof(Row.Number)).Count(float.IsNaN)); // other columns stay as they are
    }

    [TestMethod]
    public void Nonsense_is_refused()
    {
        IDataView all = _ml.Data.LoadFromRows(RowSetViewTests.Numbered(10));
        foreach (double fraction in new[] { 0, -1, 1.5, double.NaN })
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.TakeLabeledSlice(all, fraction));
        }

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.TakeLabeledSlice(all, 0.5, labelColumnName: "Nope")).Message,
            "Could not find label column 'Nope'");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Data.TakeLabeledSlice(all, 0.5, labelColumnName: "Pixels")).Message,
            "Schema mismatch for label column 'Pixels'");
    }

    private static ulong[] Ids(IDataView view) => [.. Ids(view, [])];

    private static IEnumerable<ulong> Ids(IDataView view, IEnumerable<DataViewSchema.Column> columns, Random? random = null)
        => Ids(view.GetRowCursor(columns, random));

    private static IEnumerable<ulong> Ids(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                getId(ref id);
                yield return id.Low;
            }
        }
    }

    private sealed class Row
    {
        public float Number { get; set; }

        public string Text { get; set; } = "";
    }
}
