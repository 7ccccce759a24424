using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Cursors of one view don't disturb each other: some are ahead, some have only one column.</summary>
internal sealed class InterleavedCursors : IViewAspect
{
    private const int RowsAhead = 3;

    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        DataViewRowCursor[] cursors =
        [
            view.GetRowCursor(view.Schema),
            view.GetRowCursor(view.Schema),
            .. view.Schema.Select(c => view.GetRowCursor([c])),
        ];
        RowReader[] readers = [.. cursors.Select(c => new RowReader(c))];
        List<ReadRow>[] read = [.. cursors.Select(_ => new List<ReadRow>())];
        for (int step = 0; step <= expected.Count + (RowsAhead * cursors.Length); step++)
        {
            for (int i = 0; i < cursors.Length; i++)
            {
                if (step >= i * RowsAhead && cursors[i].MoveNext())
                {
                    read[i].Add(readers[i].Read());
                }
            }
        }

        for (int i = 0; i < cursors.Length; i++)
        {
            cursors[i].Dispose();
            ReadRows.AssertSame(view.Schema, expected, read[i], $"cursor {i} of {cursors.Length} at once");
        }
    }
}
