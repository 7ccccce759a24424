using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

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
