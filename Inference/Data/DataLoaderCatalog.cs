using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Images and files of rows as data views.</summary>
public static class DataLoaderCatalog
{
    /// <summary>
    /// Loads images, and labels where there are any, from IDX files (MNIST's format, gzip-compressed or not). The columns are
    /// <c>Pixels</c>, a vector of Single in [0, 1] (byte / 255), and <c>Label</c>, a key: class + 1, with 0 for missing.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="imagesPath">A file of [N, height, width] unsigned bytes.</param>
    /// <param name="labelsPath">A file of [N] unsigned bytes, or null for a view without labels.</param>
    /// <param name="classCount">Number of classes, where the file may lack the last ones; 0 to go by the labels.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two don't fit together.</exception>
    public static IDataView LoadFromIdx(this DataOperationsCatalog catalog, string imagesPath, string? labelsPath = null, int classCount = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new RowSetView(RowSet.Load(imagesPath, labelsPath, classCount));
    }

    /// <summary>
    /// Makes a data view of rows in memory, with the columns of <see cref="LoadFromIdx"/>; rows that are no pictures are a column
    /// <c>Features</c>. The values are not copied.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="rows">The rows.</param>
    public static IDataView LoadFromRows(this DataOperationsCatalog catalog, RowSet rows)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(rows);
        return new RowSetView(rows);
    }

    /// <summary>
    /// A view of an .idx, .csv or .npy file (gzip-compressed or not) or of a folder of pictures. Its columns are
    /// <c>Values</c> (a vector of Byte, Single or Double), <c>Row</c> (Int64, the row's number in the file, counted from 0),
    /// <c>IsMissing</c> (whether the row was bad; see <see cref="BadRowHandling.Null"/>) and, for pictures, <c>Name</c>.
    /// Every cursor reads
    /// the file anew, row by row: memory doesn't grow with the rows.
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
