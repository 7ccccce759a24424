namespace Microsoft.ML.Data;

/// <summary>A schema with no rows.</summary>
internal sealed class EmptyDataView(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema => schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(schema, RowCursorUtils.GetActive(columnsNeeded, schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, bool[] active) : RootCursorBase
    {
        public override DataViewSchema Schema => schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return RowCursorUtils.Cast<TValue>((ValueGetter<TValue>)((ref TValue _) => throw Runtime.Contracts.Except(RowCursorUtils.FetchValueStateError)));
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId _) => throw Runtime.Contracts.Except(RowCursorUtils.FetchValueStateError);

        protected override bool MoveNextCore() => false;
    }
}
