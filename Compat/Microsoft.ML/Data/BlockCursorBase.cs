using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over rows that come in blocks.</summary>
/// <param name="schema">The schema of the cursor that the rows are copied from.</param>
/// <param name="block">An empty block of that cursor's.</param>
internal abstract class BlockCursorBase(DataViewSchema schema, RowBlock block) : RootCursorBase
{
    private RowBlock _block = block;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Batch => _block.Batch;

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => _block.GetGetter(column) is not null;

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        this.CheckActive(column);
        RowBlock block = _block;
        ValueGetter<TValue> getter = RowCursorUtils.Cast<TValue>(block.GetGetter(column));
        return (ref TValue value) =>
        {
            RowBlock current = GetCurrent();
            if (current != block)
            {
                block = current;
                getter = (ValueGetter<TValue>)block.GetGetter(column);
            }
            getter(ref value);
        };
    }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = GetCurrent().Id;

    protected sealed override bool MoveNextCore()
    {
        if (_block.MoveNext())
            return true;
        if (NextBlock() is not RowBlock next)
            return false;
        _block = next;
        return next.MoveNext();
    }

    /// <summary>A block of at least one row, which may be the last one, filled again; null at the end.</summary>
    protected abstract RowBlock NextBlock();

    private RowBlock GetCurrent()
    {
        Contracts.Check(Position >= 0, RowCursorUtils.FetchValueStateError);
        return _block;
    }
}
