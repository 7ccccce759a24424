using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row over whichever object the caller sets: the input of a <see cref="PredictionEngine{TSrc, TDst}"/>.</summary>
internal sealed class MemberRow<TRow> : DataViewRow
{
    private readonly Delegate[] _getters;
    private TRow _current;
    private long _position = -1;

    public MemberRow(SchemaDefinition definition)
    {
        MemberColumn[] columns = MemberColumn.Create(typeof(TRow), definition, SchemaDefinition.Direction.Read);
        Schema = MemberColumn.ToSchema(columns);
        _getters = [.. columns.Select(c => MemberReader<TRow>.CreateGetter(c, GetCurrent))];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void Set(TRow row)
    {
        _current = row;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _getters.Length;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        this.CheckActive(column);
        return RowCursorUtils.Cast<TValue>(_getters[column.Index]);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    private TRow GetCurrent()
    {
        Contracts.Check(_position >= 0, RowCursorUtils.FetchValueStateError);
        return _current;
    }
}
