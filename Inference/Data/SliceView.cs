using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// Some rows of a view, told by their ids, so that a row is in or out whatever columns are active and in whatever order
/// it comes. The label may be hidden; the schema stays as it is.
/// </summary>
/// <param name="source">The whole view.</param>
/// <param name="chosen">Ids of the chosen rows.</param>
/// <param name="keepChosen">True for the view of the chosen rows, false for that of the others.</param>
/// <param name="rowCount">Number of rows that remain.</param>
/// <param name="hiddenLabel">The label column to answer "missing" for, or null.</param>
internal sealed class SliceView(
    IDataView source, HashSet<DataViewRowId> chosen, bool keepChosen, long rowCount, LabelColumn? hiddenLabel) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => rowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new SliceCursor(source.GetRowCursor(columnsNeeded, rand), Keeps, hiddenLabel);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [.. source.GetRowCursorSet(columnsNeeded, n, rand).Select(c => new SliceCursor(c, Keeps, hiddenLabel))];

    private bool Keeps(DataViewRowId id) => chosen.Contains(id) == keepChosen;
}
