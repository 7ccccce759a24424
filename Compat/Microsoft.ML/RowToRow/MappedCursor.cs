namespace Microsoft.ML.Data;

internal sealed class MappedCursor(DataViewRowCursor input, ColumnBindings bindings, IRowMapper mapper, bool[] active)
    : SynchronizedCursorBase(input)
{
    private readonly MappedColumns _columns = new(input, bindings, mapper, active);

    public override DataViewSchema Schema => bindings.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        this.CheckActive(column);
        return _columns.GetGetter<TValue>(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _columns.Dispose();
        base.Dispose(disposing);
    }
}
