using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Rows in a random order: from a pool that is refilled from the source, one row drawn at a time;
/// the source is asked to shuffle as well where it can.
/// </summary>
internal sealed class ShuffledDataView(IDataView source, int seed, int poolSize, bool shuffleSource) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        Random random = rand ?? new HybridTaus((uint)seed);
        bool[] active = RowCursorUtils.GetActive(columnsNeeded, Schema);
        DataViewRowCursor input = source.GetRowCursor(Schema.Where(c => active[c.Index]), shuffleSource ? new HybridTaus(random) : null);
        return poolSize == 1 ? input : new Cursor(input, active, random, poolSize);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursorBase
    {
        private readonly DataViewRowCursor _input;
        private readonly Random _random;
        private readonly int _poolSize;
        private readonly Delegate[] _getters;
        private readonly List<Action<int>> _loaders = [];
        private readonly List<DataViewRowId> _ids = [];
        private readonly List<int> _filled = [];
        private int _current = -1;
        private bool _exhausted;

        public Cursor(DataViewRowCursor input, bool[] active, Random random, int poolSize)
        {
            _input = input;
            _random = random;
            _poolSize = poolSize;
            _getters = new Delegate[active.Length];
            foreach (DataViewSchema.Column column in input.Schema.Where(c => active[c.Index]))
            {
                ColumnStore store = ColumnStore.Create(column.Type);
                _loaders.Add(store.CreateLoader(input, column));
                _getters[column.Index] = store.CreateGetter(GetSlot);
            }
            ValueGetter<DataViewRowId> getId = input.GetIdGetter();
            _loaders.Add(slot =>
            {
                DataViewRowId id = default;
                getId(ref id);
                if (slot == _ids.Count)
                    _ids.Add(id);
                else
                    _ids[slot] = id;
            });
        }

        public override DataViewSchema Schema => _input.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            this.CheckActive(column);
            return RowCursorUtils.Cast<TValue>(_getters[column.Index]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[GetSlot()];

        protected override bool MoveNextCore()
        {
            if (_current >= 0)
                Fill(_current); // the row that was given out makes place for a new one
            while (_filled.Count < _poolSize && Fill(_ids.Count))
            {
            }
            if (_filled.Count == 0)
                return false;
            int drawn = _random.Next(_filled.Count);
            _current = _filled[drawn];
            _filled[drawn] = _filled[0]; // the oldest takes its place, as in ML.NET: a seed gives the same order
            _filled.RemoveAt(0);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private bool Fill(int slot)
        {
            if (_exhausted || !_input.MoveNext())
            {
                _exhausted = true;
                return false;
            }
            foreach (Action<int> load in _loaders)
                load(slot);
            _filled.Add(slot);
            return true;
        }

        private int GetSlot()
        {
            Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
            return _current;
        }
    }
}
