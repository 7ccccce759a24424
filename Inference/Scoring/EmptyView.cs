using Microsoft.ML;
using Microsoft.ML.Data;

namespace OnnxAE.Inference;

/// <summary>A view with the columns that a model reads and no rows: what an estimator without training needs to be fitted.</summary>
internal sealed class EmptyView : IDataView
{
    public EmptyView(IEnumerable<TensorSpec> inputs)
    {
        DataViewSchema.Builder schema = new();
        foreach (TensorSpec input in inputs)
            schema.AddColumn(input.Name, new VectorDataViewType(input.Element.ColumnType, input.RowSize * Math.Max(1, input.BatchRows)));
        Schema = schema.ToSchema();
    }

    public EmptyView(DataViewSchema schema) => Schema = schema;

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => throw new NotSupportedException("A view without rows has nothing to read.");

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
