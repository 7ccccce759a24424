using OnnxAE.Inference;

namespace Microsoft.ML;

/// <summary>Images as data views.</summary>
public static class ImageDataExtensions
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
        return new ImageDataView(ImageSet.Load(imagesPath, labelsPath, classCount));
    }

    /// <summary>Makes a data view of images in memory, with the columns of <see cref="LoadFromIdx"/>. The bytes are not copied.</summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="images">The images.</param>
    public static IDataView LoadFromImages(this DataOperationsCatalog catalog, ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(images);
        return new ImageDataView(images);
    }
}
