namespace Microsoft.ML.Data;

/// <summary>A few rows copied out of a cursor, so that another thread can read them.</summary>
internal sealed class RowBlock
{
    private const int Capacity = 64;

    private readonly DataViewRowId[] _ids = new DataViewRowId[Capacity];
    private readonly Delegate[] _getters;
    private readonly Action<int> _load;
    private int _slot;

    /// <summary>An empty block for rows of <paramref name="source"/>, with the columns that are active in it.</summary>
    public RowBlock(DataViewRow source)
    {
        ValueGetter<DataViewRowId> getId = source.GetIdGetter();
        _load = slot => getId(ref _ids[slot]);
        _getters = new Delegate[source.Schema.Count];
        foreach (DataViewSchema.Column column in source.Schema.Where(source.IsColumnActive))
        {
            ColumnStore store = ColumnStore.Create(column.Type);
            _load += store.CreateLoader(source, column);
            _getters[column.Index] = store.CreateGetter(() => _slot);
        }
    }

    /// <summary>The batch that all the rows belong to.</summary>
    public long Batch { get; private set; }

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>The identity of the row that is being read.</summary>
    public DataViewRowId Id => _ids[_slot];

    /// <summary>Forgets the rows, and makes place for those of another batch.</summary>
    public void Clear(long batch)
    {
        Batch = batch;
        Count = 0;
        _slot = -1;
    }

    /// <summary>Copies the row that the source stands on.</summary>
    public void Add()
    {
        _load(Count);
        Count++;
    }

    public bool MoveNext() => ++_slot < Count;

    /// <summary>The ValueGetter of a column's own type, or null where the column is not active.</summary>
    public Delegate GetGetter(DataViewSchema.Column column) => _getters[column.Index];
}
