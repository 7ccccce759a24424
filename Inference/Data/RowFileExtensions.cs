using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Files of rows as data views that are read as they go, in memory that doesn't grow with the rows.</summary>
public static class RowFileExtensions
{
    /// <summary>
    /// A view of an .idx, .csv or .npy file (gzip-compressed or not) or of a folder of pictures. Its columns are
    /// <c>Values</c> (a vector of Byte, Single or Double), <c>Row</c> (Int64, the row's number in the file, counted from 0),
    /// <c>IsMissing</c> (whether the row was bad; see <see cref="BadRowHandling.Null"/>) and, for pictures, <c>Name</c>.
    /// Every cursor reads the file anew.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or its rows have another size.</exception>
    public static IDataView LoadFromRowFile(this DataOperationsCatalog catalog, string path, RowFileOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new RowFileView(RowSource.OfPath(path), options);
    }
}
