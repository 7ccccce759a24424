namespace Microsoft.ML.Data;

internal sealed class MappedRow(DataViewRow input, ColumnBindings bindings, IRowMapper mapper, bool[] active) : DataViewRow
{
    private readonly MappedColumns _columns = new(input, bindings, mapper, active);

    public override DataViewSchema Schema => bindings.Schema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        this.CheckActive(column);
        return _columns.GetGetter<TValue>(column);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _columns.Dispose();
            input.Dispose();
        }
        base.Dispose(disposing);
    }
}
