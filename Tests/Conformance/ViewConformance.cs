using Microsoft.ML;

namespace OnnxAE.Tests.Conformance;

/// <summary>What ML.NET expects of every <see cref="IDataView"/>. For one's own: <c>ViewConformance.Check(view);</c></summary>
internal static class ViewConformance
{
    /// <summary>All that is checked, one after the other.</summary>
    public static IReadOnlyList<IViewAspect> Aspects { get; } =
    [
        new RowIdentities(),
        new ColumnSubsets(),
        new InterleavedCursors(),
        new ConcurrentCursors(),
        new CursorSets(),
        new ShuffledCursors(),
        new CursorEnds(),
        new Getters(),
        new RefusedGetters(),
        new OffRowValues(),
    ];

    /// <summary>Checks a view; the assertion that fails names the way of reading, the row and the column.</summary>
    public static void Check(IDataView view)
    {
        foreach (IViewAspect aspect in Aspects)
        {
            aspect.Check(view);
        }
    }
}
