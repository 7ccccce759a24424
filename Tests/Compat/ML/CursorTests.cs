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
