namespace Microsoft.ML.Data;

/// <summary>Some of the rows of another view, in its order; columns and row identities are the source's.</summary>
internal abstract class FilterView(IDataView source) : IDataView
{
    public DataViewSchema Schema => Source.Schema;

    public virtual bool CanShuffle => Source.CanShuffle;

    protected IDataView Source { get; } = source;

    public virtual long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        TestsRowsAlone ? ConsolidatedCursor.Open(this, columnsNeeded, rand) : OpenOne(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        if (!TestsRowsAlone)
            return [OpenOne(columnsNeeded, rand)];
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        DataViewRowCursor[] inputs = Source.GetRowCursorSet(Schema.Where(c => active[c.Index] || IsTested(c)), n, CanShuffle ? rand : null);
        return Array.ConvertAll(inputs, input => CreateCursor(input, active));
    }

    /// <summary>Whether a row passes whatever rows were before it, so that several cursors can share the work.</summary>
    protected virtual bool TestsRowsAlone => false;

    /// <summary>Whether the filter itself reads the column.</summary>
    protected virtual bool IsTested(DataViewSchema.Column column) => false;

    protected abstract DataViewRowCursor CreateCursor(DataViewRowCursor input, bool[] active);

    private DataViewRowCursor OpenOne(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand)
    {
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        return CreateCursor(Source.GetRowCursor(Schema.Where(c => active[c.Index] || IsTested(c)), CanShuffle ? rand : null), active);
    }

    protected abstract class CursorBase(DataViewRowCursor input, bool[] active) : RootCursorBase
    {
        public sealed override DataViewSchema Schema => Input.Schema;

        public sealed override long Batch => Input.Batch;

        protected DataViewRowCursor Input { get; } = input;

        public sealed override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return Input.GetGetter<TValue>(column);
        }

        public sealed override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Input.Dispose();
            base.Dispose(disposing);
        }
    }
}
