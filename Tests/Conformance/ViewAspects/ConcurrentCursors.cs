using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>Several threads may read a view, each by cursors of its own.</summary>
internal sealed class ConcurrentCursors : IViewAspect
{
    private const int ThreadCount = 4;

    public void Check(IDataView view)
    {
        List<ReadRow> expected = ReadRows.Of(view);
        foreach (List<ReadRow> read in InThreads.Run(Enumerable.Repeat(() => ReadRows.Of(view), ThreadCount)))
        {
            ReadRows.AssertSame(view.Schema, expected, read, $"{ThreadCount} threads at once");
        }
    }
}
