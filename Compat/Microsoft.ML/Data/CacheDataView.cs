using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were asked for in memory, so that the source computes each only once.</summary>
internal sealed class CacheDataView(IDataView source) : IDataView
{
    private const int BlockSize = 64;

    private readonly Lock _lock = new();
    private readonly ColumnStore[] _stores = new ColumnStore[source.Schema.Count];
    private long? _rowCount;

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _rowCount ?? source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    // Each cursor has its blocks of rows, in turn.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        int count = (int)Load(active);
        int[] order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, count)];
            rand.Shuffle(order);
        }
        ColumnStore[] stores = [.. _stores.Select((s, i) => active[i] ? s : null)];
        return [.. Enumerable.Range(0, Math.Max(1, n)).Select(share => new Cursor(Schema, stores, count, order, share, Math.Max(1, n)))];
    }

    /// <summary>Reads the columns that are asked for the first time, in one pass, and returns the number of rows.</summary>
    internal long Load(bool[] active)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. Schema.Where(c => active[c.Index] && _stores[c.Index] is null)];
            if (missing.Length == 0 && _rowCount is long known)
                return known;
            using DataViewRowCursor cursor = source.GetRowCursor(missing);
            ColumnStore[] stores = [.. missing.Select(c => ColumnStore.Create(c.Type))];
            Action<int>[] loaders = [.. missing.Select((c, i) => stores[i].CreateLoader(cursor, c))];
            int count = 0;
            for (; cursor.MoveNext(); count++)
            {
                foreach (Action<int> load in loaders)
                    load(count);
            }
            for (int i = 0; i < missing.Length; i++)
                _stores[missing[i].Index] = stores[i];
            _rowCount = count;
            return count;
        }
    }

    private sealed class Cursor : RootCursorBase
    {
        private readonly int _count;
        private readonly int[] _order;
        private readonly Delegate[] _getters;
        private readonly int _share;
        private readonly int _shares;
        private int _row;

        public Cursor(DataViewSchema schema, ColumnStore[] stores, int count, int[] order, int share, int shares)
        {
            _share = share;
            _shares = shares;
            _row = share * BlockSize - 1;
            Schema = schema;
            _count = count;
            _order = order;
            _getters = [.. stores.Select(s => s?.CreateGetter(GetSlot))];
        }

        public override DataViewSchema Schema { get; }

        public override long Batch => _shares == 1 ? 0 : _row / BlockSize;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return RowCursorUtils.Cast<TValue>(_getters[column.Index]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)GetSlot(), 0);

        protected override bool MoveNextCore()
        {
            _row++;
            if (_row % BlockSize == 0 && _row / BlockSize % _shares != _share)
                _row += (_shares - 1) * BlockSize; // the blocks of the others
            return _row < _count;
        }

        private int GetSlot()
        {
            Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
            return _order is null ? _row : _order[_row];
        }
    }
}
