using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

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
