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

/// <summary>Skips the rows that a slice leaves out, and hides the label where it must be hidden.</summary>
internal sealed class SliceCursor(DataViewRowCursor source, Func<DataViewRowId, bool> keeps, LabelColumn? hiddenLabel) : DataViewRowCursor
{
    private readonly ValueGetter<DataViewRowId> _getId = source.GetIdGetter();
    private long _position = -1;

    public override long Position => _position;

    public override long Batch => source.Batch;

    public override DataViewSchema Schema => source.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return column.Index == hiddenLabel?.Index
            ? RowGuard.Cast<TValue>(hiddenLabel.CreateMissingGetter(() => _position), column)
            : source.GetGetter<TValue>(column);
    }

    public override bool MoveNext()
    {
        DataViewRowId id = default;
        while (source.MoveNext())
        {
            _getId(ref id);
            if (!keeps(id))
                continue;
            _position++;
            return true;
        }

        _position = -1;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}

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

/// <summary>Walks over all rows and hides the labels of those that aren't chosen.</summary>
internal sealed class HiddenLabelCursor(DataViewRowCursor source, HashSet<DataViewRowId> chosen, LabelColumn label) : DataViewRowCursor
{
    private readonly ValueGetter<DataViewRowId> _getId = source.GetIdGetter();

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override DataViewSchema Schema => source.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        return column.Index == label.Index ? RowGuard.Cast<TValue>(label.CreateHidingGetter(source, IsHidden), column) : source.GetGetter<TValue>(column);
    }

    public override bool MoveNext() => source.MoveNext();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }

    private bool IsHidden()
    {
        DataViewRowId id = default;
        _getId(ref id);
        return !chosen.Contains(id);
    }
}
