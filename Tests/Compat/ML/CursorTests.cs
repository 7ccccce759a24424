using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Tests.Compat.ML;

[TestClass]
public sealed class CursorTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView View = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Numbered { Id = i }).ToArray());

    [TestMethod]
    public void PositionsCountRowsFromMinusOne()
    {
        using DataViewRowCursor cursor = View.GetRowCursor(View.Schema);
        Assert.AreEqual(-1, cursor.Position);
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(0, cursor.Position);
        while (cursor.MoveNext())
        {
        }
        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void EveryRowHasAnIdentityOfItsOwn()
    {
        using DataViewRowCursor cursor = View.GetRowCursor([]);
        ValueGetter<DataViewRowId> getter = cursor.GetIdGetter();
        var ids = new HashSet<DataViewRowId>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getter(ref id);
            ids.Add(id);
        }
        Assert.HasCount(3, ids);
    }

    [TestMethod]
    public void AColumnThatWasNotAskedForHasNoGetter()
    {
        using DataViewRowCursor cursor = View.GetRowCursor([View.Schema["Id"]]);
        Assert.IsTrue(cursor.IsColumnActive(View.Schema["Id"]));
        Assert.IsFalse(cursor.IsColumnActive(View.Schema["Weight"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<float>(View.Schema["Weight"]));
    }

    [TestMethod]
    public void AGetterIsGivenForTheColumnsOwnTypeOnly()
    {
        using DataViewRowCursor cursor = View.GetRowCursor(View.Schema);
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<double>(View.Schema["Id"]));
    }

    [TestMethod]
    public void ASetOfCursorsCoversEveryRowOnce()
    {
        int rows = 0;
        foreach (DataViewRowCursor cursor in View.GetRowCursorSet(View.Schema, 4))
        {
            using (cursor)
            {
                while (cursor.MoveNext())
                    rows++;
            }
        }
        Assert.AreEqual(3, rows);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ATransformSharesItsRowsAmongCursorsWhoseBatchesAreInOrder(bool cached)
    {
        IDataView source = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(i => new Numbered { Id = i }).ToArray());
        IDataView view = Context.Transforms.CopyColumns("Copy", "Id").Fit(source).Transform(cached ? Context.Data.Cache(source) : source);
        var rows = new System.Collections.Concurrent.ConcurrentBag<(long Batch, long Position, int Id, int Copy)>();
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, 4);
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                ValueGetter<int> getId = cursor.GetGetter<int>(view.Schema["Id"]);
                ValueGetter<int> getCopy = cursor.GetGetter<int>(view.Schema["Copy"]);
                int id = 0;
                int copy = 0;
                while (cursor.MoveNext())
                {
                    getId(ref id);
                    getCopy(ref copy);
                    rows.Add((cursor.Batch, cursor.Position, id, copy));
                }
            }
        });

        Assert.IsGreaterThan(1, cursors.Length);
        Assert.AreSequenceEqual(Enumerable.Range(0, 1000).ToArray(), rows.OrderBy(row => row.Batch).ThenBy(row => row.Position).Select(row => row.Id).ToArray());
        Assert.IsTrue(rows.All(row => row.Copy == row.Id));
    }

    [TestMethod]
    public void ANullRowIsRefused()
    {
        IDataView view = Context.Data.LoadFromEnumerable(new Numbered[] { null! });
        Assert.ThrowsExactly<InvalidOperationException>(() => view.GetColumn<int>("Id").ToArray());
    }

    private sealed class Numbered
    {
        public int Id;
        public float Weight = 1;
    }
}
