using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class TransformExtensionsCatalog
{
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnCopyingEstimator(catalog.Environment, (outputColumnName, inputColumnName));
    }

    public static ColumnConcatenatingEstimator Concatenate(this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnConcatenatingEstimator(catalog.Environment, outputColumnName, inputColumnNames);
    }

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        SelectColumns(catalog, columnNames, keepHidden: false);

    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnSelectingEstimator(catalog.Environment, new ColumnSelectingTransformer(columnNames, keep: true, keepHidden));
    }

    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ColumnSelectingEstimator(catalog.Environment, new ColumnSelectingTransformer(columnNames, keep: false, keepHidden: false));
    }
}
