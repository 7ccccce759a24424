using Microsoft.ML;

namespace OnnxAE.Pipelines.Evaluation;

/// <summary>Reads a column of keys.</summary>
internal static class KeyColumn
{
    /// <summary>The keys of all rows in order: 1 for the first value, 0 for a missing one.</summary>
    public static IEnumerable<uint> Read(IDataView view, string name)
    {
        DataViewSchema.Column column = view.Schema[name];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<uint>(column);
        uint key = 0;
        while (cursor.MoveNext())
        {
            getter(ref key);
            yield return key;
        }
    }
}
