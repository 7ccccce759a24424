using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>A cursor is before its first row at first, stays at its end, and may be disposed there, earlier, and twice.</summary>
internal sealed class CursorEnds : IViewAspect
{
    public void Check(IDataView view)
    {
        DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.AreEqual(-1, cursor.Position, "position before the first row");
        while (cursor.MoveNext())
        {
        }

        Assert.IsFalse(cursor.MoveNext(), "MoveNext after the last row");
        Assert.IsFalse(cursor.MoveNext(), "MoveNext long after the last row");
        Assert.AreEqual(-1, cursor.Position, "position after the last row");
        cursor.Dispose();
        cursor.Dispose();

        DataViewRowCursor left = view.GetRowCursor(view.Schema);
        left.MoveNext();
        left.Dispose();
        left.Dispose();
        view.GetRowCursor(view.Schema).Dispose();
    }
}
