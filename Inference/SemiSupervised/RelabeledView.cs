using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>
/// What the inner trainer is fitted to: rows with other labels, and with weights. A row without labels is left out, one
/// with several comes several times.
/// </summary>
internal sealed class RelabeledView : IDataView
{
    private readonly TrainingRows _rows;
    private readonly IDataView _source;

    public RelabeledView(TrainingRows rows, TrainingLabels labels, SemiSupervisedOptions options)
    {
        _rows = rows;
        _source = rows.Input;
        Labels = labels;
        Schema = _source.Schema;
        LabelColumn = Schema[options.LabelColumnName];
        if (options.ExampleWeightColumnName is not { } weight)
        {
            return;
        }

        if (Schema.GetColumnOrNull(weight) is null)
        {
            DataViewSchema.Builder schema = new();
            schema.AddColumns(_source.Schema);
            schema.AddColumn(weight, NumberDataViewType.Single);
            Schema = schema.ToSchema();
        }

        WeightColumn = Schema[weight];
    }

    public DataViewSchema Schema { get; }

    public TrainingLabels Labels { get; }

    public DataViewSchema.Column LabelColumn { get; }

    /// <summary>Behind the source's columns, or one of them.</summary>
    public DataViewSchema.Column? WeightColumn { get; }

    public bool CanShuffle => _source.CanShuffle && _rows.HaveOwnIds;

    public long? GetRowCount() => Labels.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        return Wrap(_source.GetRowCursor(SourceColumns(columns), CanShuffle ? rand : null), columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        List<DataViewSchema.Column> columns = [.. columnsNeeded];
        return _rows.HaveOwnIds
            ? [.. _source.GetRowCursorSet(SourceColumns(columns), n, CanShuffle ? rand : null).Select(c => Wrap(c, columns))]
            : [GetRowCursor(columns)]; // a row is told by its place then
    }

    private RelabeledCursor Wrap(DataViewRowCursor source, List<DataViewSchema.Column> columns) => new(this, source, _rows.Locate(source), columns);

    // The source's labels are not needed; its weights are.
    private IEnumerable<DataViewSchema.Column> SourceColumns(List<DataViewSchema.Column> columns)
        => columns.Where(c => c.Index < _source.Schema.Count && c.Index != LabelColumn.Index).Select(c => _source.Schema[c.Index]);
}

/// <summary>Walks over the labels of rows: a row with several of them comes as often.</summary>
internal sealed class RelabeledCursor(
    RelabeledView view, DataViewRowCursor source, Func<int> locate, IEnumerable<DataViewSchema.Column> columns) : WrappingCursor(source)
{
    private readonly HashSet<int> _active = [.. columns.Select(c => c.Index)];
    private long _position = -1;
    private int _row = -1;
    private int _index; // among the row's labels
    private bool _isAtEnd;

    public override long Position => _position;

    public override DataViewSchema Schema => view.Schema;

    private (uint Key, float Weight) Label
    {
        get
        {
            RowGuard.CheckAtRow(_position);
            return view.Labels[_row, _index];
        }
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (_isAtEnd)
        {
            return false;
        }

        if (_row >= 0 && ++_index < view.Labels.CountOf(_row))
        {
            _position++;
            return true;
        }

        while (Source.MoveNext())
        {
            _row = locate();
            if (view.Labels.CountOf(_row) == 0)
            {
                continue;
            }

            _index = 0;
            _position++;
            return true;
        }

        _isAtEnd = true;
        _position = -1;
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId> getId = Source.GetIdGetter();
        return (ref DataViewRowId id) =>
        {
            RowGuard.CheckAtRow(_position);
            getId(ref id);
            if (_index > 0)
            {
                id = id.Combine(new DataViewRowId((ulong)_index, 0)); // a row of its own
            }
        };
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGuard.CheckActive(this, column);
        if (column.Index == view.LabelColumn.Index)
        {
            return RowGuard.Cast<TValue>((ValueGetter<uint>)((ref uint key) => key = Label.Key), column);
        }

        if (column.Index == view.WeightColumn?.Index)
        {
            return RowGuard.Cast<TValue>(CreateWeightGetter(column), column);
        }

        return Source.GetGetter<TValue>(Source.Schema[column.Index]);
    }

    private ValueGetter<float> CreateWeightGetter(DataViewSchema.Column column)
    {
        if (column.Index >= Source.Schema.Count)
        {
            return (ref float weight) => weight = Label.Weight;
        }

        ValueGetter<float> getGiven = Source.GetGetter<float>(Source.Schema[column.Index]);
        return (ref float weight) =>
        {
            float own = Label.Weight;
            getGiven(ref weight);
            weight *= own;
        };
    }
}
