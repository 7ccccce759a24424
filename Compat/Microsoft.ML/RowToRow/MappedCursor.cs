namespace Microsoft.ML.Data;

internal sealed class MappedCursor(DataViewRowCursor input, DataViewSchema schema, IRowMapper mapper, bool[] active)
    : SynchronizedCursorBase(input)
{
    private readonly MappedColumns _columns = new(input, mapper, active);
    private bool _disposed;

    public override DataViewSchema Schema => schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        this.CheckActive(column);
        return _columns.GetGetter<TValue>(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
            _columns.Dispose();
        _disposed = true;
        base.Dispose(disposing);
    }
}
