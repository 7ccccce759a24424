namespace Microsoft.ML.Data;

/// <summary>The columns of a mapped row: the input's first, the mapper's behind them.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private readonly Action _disposer;

    public MappedColumns(DataViewRow input, IRowMapper mapper, bool[] active)
    {
        _input = input;
        _active = active;
        _getters = mapper.CreateGetters(input, i => active[input.Schema.Count + i], out _disposer);
    }

    public bool IsActive(DataViewSchema.Column column) => _active[column.Index];

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        column.Index < _input.Schema.Count
            ? _input.GetGetter<TValue>(_input.Schema[column.Index])
            : RowCursorUtils.Cast<TValue>(_getters[column.Index - _input.Schema.Count]);

    public void Dispose() => _disposer?.Invoke();
}
