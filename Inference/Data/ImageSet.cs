namespace OnnxAE.Inference;

/// <summary>Grey images of one size as bytes in memory, with or without labels. The bytes are never copied.</summary>
public sealed class ImageSet
{
    /// <summary>A set over bytes that are in memory already.</summary>
    /// <param name="pixels">[N, height, width], row-major, 0 to 255.</param>
    /// <param name="height">Rows of an image, in pixels.</param>
    /// <param name="width">Columns of an image, in pixels.</param>
    /// <param name="labels">[N] classes, counted from 0; empty for none.</param>
    /// <param name="classCount">Number of classes, where these labels may lack the last ones; 0 to go by the labels.</param>
    /// <exception cref="ArgumentException">The sizes don't fit together.</exception>
    public ImageSet(ReadOnlyMemory<byte> pixels, int height, int width, ReadOnlyMemory<byte> labels = default, int classCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long size = (long)height * width;
        if (pixels.Length % size != 0)
        {
            throw new ArgumentException($"Found {pixels.Length:N0} pixels, expected a multiple of {height} x {width}.", nameof(pixels));
        }

        Pixels = pixels;
        Height = height;
        Width = width;
        PixelCount = (int)Math.Min(size, int.MaxValue);
        Count = (int)(pixels.Length / size);
        if (!labels.IsEmpty && labels.Length != Count)
        {
            throw new ArgumentException($"Found {labels.Length:N0} labels for {Count:N0} images, expected as many.", nameof(labels));
        }

        Labels = labels;

        int largest = 0;
        foreach (byte label in labels.Span)
        {
            largest = Math.Max(largest, label);
        }

        ClassCount = labels.IsEmpty ? 0 : Math.Max(classCount, largest + 1);
    }

    /// <summary>Number of images.</summary>
    public int Count { get; }

    /// <summary>Rows of an image, in pixels.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, in pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels of an image: <see cref="Height"/> times <see cref="Width"/>.</summary>
    public int PixelCount { get; }

    /// <summary>[Count, Height, Width], row-major, 0 (black) to 255 (white).</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>[Count] classes, counted from 0; empty when the set has none.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Whether the images have labels.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>Number of classes: one more than the largest label, or as many as were given; 0 without labels.</summary>
    public int ClassCount { get; }

    /// <summary>Some of the images, with their labels. The number of classes stays that of the whole set.</summary>
    /// <param name="start">The first, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public ImageSet Slice(int start, int count) => new(
        Pixels.Slice(start * PixelCount, count * PixelCount), Height, Width, HasLabels ? Labels.Slice(start, count) : default, ClassCount);

    /// <summary>Reads a set from IDX files, gzip-compressed or not.</summary>
    /// <param name="imagesPath">A file of [N, height, width] unsigned bytes.</param>
    /// <param name="labelsPath">A file of [N] unsigned bytes, or null for a set without labels.</param>
    /// <param name="classCount">Number of classes, where the file may lack the last ones; 0 to go by the labels.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is no IDX file, has other dimensions, or the two have different lengths.</exception>
    public static ImageSet Load(string imagesPath, string? labelsPath = null, int classCount = 0)
    {
        IdxArray images = IdxReader.Read(imagesPath);
        if (images.Dimensions is not [int count, > 0 and int height, > 0 and int width])
        {
            throw new InvalidDataException(
                $"'{imagesPath}' holds an array of {string.Join(" x ", images.Dimensions)}, expected images: count x height x width.");
        }

        if (labelsPath is null)
        {
            return new ImageSet(images.Data, height, width);
        }

        IdxArray labels = IdxReader.Read(labelsPath);
        if (labels.Dimensions is not [int labelCount])
        {
            throw new InvalidDataException($"'{labelsPath}' holds an array of {string.Join(" x ", labels.Dimensions)}, expected a list of labels.");
        }

        if (labelCount != count)
        {
            throw new InvalidDataException($"'{labelsPath}' holds {labelCount:N0} labels, expected one for each of the {count:N0} images in '{imagesPath}'.");
        }

        return new ImageSet(images.Data, height, width, labels.Data, classCount);
    }

    /// <summary>The pixels of one image: [Height, Width].</summary>
    public ReadOnlySpan<byte> GetImage(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected an image from 0 to {Count - 1}.");
        }

        return Pixels.Span.Slice(index * PixelCount, PixelCount);
    }
}
