using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Objects as data: each pass enumerates them anew, nothing is kept.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, MemberColumn[] columns) : IDataView
    where TRow : class
{
    public DataViewSchema Schema { get; } = MemberColumn.ToSchema(columns);

    public bool CanShuffle => false;

    public long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(data.GetEnumerator(), Schema, columns, RowCursorUtils.GetActive(columnsNeeded, Schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursorBase
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly Delegate[] _getters;
        private TRow _current;

        public Cursor(IEnumerator<TRow> rows, DataViewSchema schema, MemberColumn[] columns, bool[] active)
        {
            _rows = rows;
            Schema = schema;
            _getters = [.. columns.Select((c, i) => active[i] ? MemberReader<TRow>.CreateGetter(c, GetCurrent) : null)];
        }

        public override DataViewSchema Schema { get; }

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return RowCursorUtils.Cast<TValue>(_getters[column.Index]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
            id = new DataViewRowId((ulong)Position, 0);
        };

        protected override bool MoveNextCore()
        {
            bool moved = _rows.MoveNext();
            _current = moved ? _rows.Current : null;
            Contracts.Check(!moved || _current is not null, "Encountered null when iterating over data, this is not supported.");
            return moved;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _rows.Dispose();
            base.Dispose(disposing);
        }

        private TRow GetCurrent()
        {
            Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
            return _current;
        }
    }
}
