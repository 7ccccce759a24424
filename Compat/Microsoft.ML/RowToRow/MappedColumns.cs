namespace Microsoft.ML.Data;

/// <summary>The columns of a mapped row: the input's and the mapper's.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly DataViewRow _input;
    private readonly ColumnBindings _bindings;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private Action _disposer;

    public MappedColumns(DataViewRow input, ColumnBindings bindings, IRowMapper mapper, bool[] active)
    {
        _input = input;
        _bindings = bindings;
        _active = active;
        _getters = mapper.CreateGetters(input, bindings.GetActiveAdded(active), out _disposer);
    }

    public bool IsActive(DataViewSchema.Column column) => _active[column.Index];

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var (isInput, index) = _bindings.Map(column);
        return isInput ? _input.GetGetter<TValue>(_input.Schema[index]) : RowCursorUtils.Cast<TValue>(_getters[index]);
    }

    public void Dispose()
    {
        _disposer?.Invoke();
        _disposer = null;
    }
}
