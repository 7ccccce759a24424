using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxAE.Inference;

namespace OnnxAE.Tests;

[TestClass]
public sealed class RowSetViewTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Images of two pixels: the index (mod 256) and its class.</summary>
    internal static RowSet Numbered(int count, int classes = 10)
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classes)];
        return new RowSet(Enumerable.Range(0, count).SelectMany(i => new[] { (byte)i, (byte)labels[i] }).ToArray(), [1, 1, 2], labels);
    }

    [TestMethod]
    public void Columns_are_pixels_in_the_unit_interval_and_a_key()
    {
        IDataView view = _ml.Data.LoadFromRows(new RowSet(new byte[] { 0, 255, 51, 1 }, [1, 1, 2], new[] { 0, 9 }));
        Assert.AreEqual("Vector<Single, 1, 1, 2>", view.Schema["Pixels"].Type.ToString());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 10), view.Schema["Label"].Type);
        VBuffer<float> classes = default;
        view.Schema["Label"].GetKeyValues(ref classes);
        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(i => (float)i).ToArray(), classes.DenseValues().ToArray());
        float[][] pixels = [.. view.GetColumn<float[]>("Pixels")];
        CollectionAssert.AreEqual(new[] { 0f, 1f }, pixels[0]);
        CollectionAssert.AreEqual(new[] { 51 / 255f, 1 / 255f }, pixels[1]);
        CollectionAssert.AreEqual(new uint[] { 1, 10 }, view.GetColumn<uint>("Label").ToArray());
    }

    [TestMethod]
    public void Without_labels_there_is_no_label_column()
        => Assert.IsNull(_ml.Data.LoadFromRows(new RowSet(new byte[4], [1, 2, 2])).Schema.GetColumnOrNull("Label"));

    [TestMethod]
    public void A_shuffled_cursor_gives_every_row_once_with_its_own_id()
    {
        IDataView view = _ml.Data.LoadFromRows(Numbered(200));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, new Random(3));
        ValueGetter<VBuffer<float>> getPixels = cursor.GetGetter<VBuffer<float>>(view.Schema["Pixels"]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        List<ulong> ids = [];
        VBuffer<float> pixels = default;
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getPixels(ref pixels);
            getId(ref id);
            ids.Add(id.Low);
            Assert.AreEqual(id.Low, (ulong)MathF.Round(pixels.GetItemOrDefault(0) * 255));
            Assert.AreEqual(ids.Count - 1, cursor.Position);
        }

        CollectionAssert.AreNotEqual(ids.Order().ToArray(), ids);
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).Select(i => (ulong)i).ToArray(), ids.Order().ToArray());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(50)]
    public void A_set_of_cursors_splits_the_rows_and_their_batches_tell_the_order(int n)
    {
        IDataView view = _ml.Data.LoadFromRows(Numbered(250));
        List<(long Batch, ulong Row)> rows = [];
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet([], n))
        {
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            DataViewRowId id = default;
            for (; cursor.MoveNext(); rows.Add((cursor.Batch, id.Low)))
            {
                getId(ref id);
            }

            Assert.IsFalse(cursor.MoveNext());
            cursor.Dispose();
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 250).Select(i => (ulong)i).ToArray(), rows.OrderBy(r => r.Batch).Select(r => r.Row).ToArray());
    }

    [TestMethod]
    public void Wrong_types_inactive_columns_and_rows_that_are_not_there_are_refused()
    {
        IDataView view = _ml.Data.LoadFromRows(Numbered(1));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Label"]]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Pixels"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Label"]));
        ValueGetter<uint> getLabel = cursor.GetGetter<uint>(view.Schema["Label"]);
        uint label = 0;
        Assert.ThrowsExactly<InvalidOperationException>(() => getLabel(ref label));
        Assert.IsTrue(cursor.MoveNext());
        getLabel(ref label);
        Assert.AreEqual(1u, label);
        Assert.IsFalse(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getLabel(ref label));
    }
}
