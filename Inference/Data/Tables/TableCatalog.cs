using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Tables as data views.</summary>
public static class TableCatalog
{
    /// <summary>
    /// A view of a table in a file .csv, .tsv or .txt, gzip-compressed or not. A first line that isn't all numbers names the columns.
    /// Columns of numbers are Single, with NaN for missing cells; all others are text. The file is read once to settle that, and
    /// anew by every cursor: memory doesn't grow with the rows.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Which columns to take; null for all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or a column can't be a feature.</exception>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static IDataView LoadFromTable(this DataOperationsCatalog catalog, string path, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return TableFile.Open(path, options).View;
    }
}
