using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>All rows of a view, but only some of them with their label; the others' reads as missing.</summary>
/// <param name="source">The view.</param>
/// <param name="chosen">Ids of the rows that keep their label.</param>
/// <param name="label">The label column.</param>
internal sealed class HiddenLabelView(IDataView source, HashSet<DataViewRowId> chosen, LabelColumn label) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new HiddenLabelCursor(source.GetRowCursor(columnsNeeded, rand), chosen, label);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [.. source.GetRowCursorSet(columnsNeeded, n, rand).Select(c => new HiddenLabelCursor(c, chosen, label))];
}
