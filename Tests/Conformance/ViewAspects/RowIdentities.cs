using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Rows have identities of their own, positions count them, and reading again gives the same; a number of rows, where told, is true.</summary>
internal sealed class RowIdentities : IViewAspect
{
    public void Check(IDataView view)
    {
        List<ReadRow> rows = ReadRows.Of(view);
        CollectionAssert.AllItemsAreUnique(rows.Select(r => r.Id).ToArray(), "ids");
        CollectionAssert.AreEqual(Enumerable.Range(0, rows.Count).Select(i => (long)i).ToArray(), rows.Select(r => r.Position).ToArray(), "positions");
        ReadRows.AssertSame(view.Schema, rows, ReadRows.Of(view), "read again");
        if (view.GetRowCount() is long count)
        {
            Assert.AreEqual(rows.Count, count, "GetRowCount");
        }
    }
}
