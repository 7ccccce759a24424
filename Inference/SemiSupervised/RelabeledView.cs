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
            return;
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
