namespace OnnxAE.Inference;

/// <summary>How a file of rows is read.</summary>
public sealed record RowFileOptions
{
    /// <summary>
    /// The shape that a row must have, without the batch dimension, such as [784] or [3, 32, 32]. Either side may be flat,
    /// dimensions of 1 don't count, and rows of [height, width, channels] are brought into planes, [channels, height, width];
    /// where both fit, as in [3, 3, 3], channels stand first. Rows of any other shape are refused. No more is ever allocated for a row, whatever the file claims.
    /// </summary>
    public required IReadOnlyList<int> RowShape { get; init; }

    /// <summary>The format; null tells it by the name or, where that says nothing, by the content.</summary>
    public RowFileFormat? Format { get; init; }

    /// <summary>What becomes of bad rows.</summary>
    public BadRowHandling OnBadRow { get; init; }

    /// <summary>Told of every bad row that doesn't end the reading, from whichever thread reads.</summary>
    public Action<BadRow>? BadRowFound { get; init; }

    /// <summary>What pixels become: the bytes of idx files, pictures and uint8 arrays, and numbers that are pixels.</summary>
    public BytePixels Bytes { get; init; }

    /// <summary>Whether numbers are given as Double instead of Single.</summary>
    public bool IsDouble { get; init; }

    /// <summary>Cells at the beginning of every line of a csv file that are passed over, such as an id.</summary>
    public int SkippedCells { get; init; }

    /// <summary>How pictures of a folder are brought to the shape of a row.</summary>
    public PictureOptions Pictures { get; init; } = new();

    internal int RowSize => RowShape.Aggregate(1, (size, dimension) => checked(size * dimension));
}

/// <summary>How rows lie in a file. Every one but a folder of pictures may also be gzip-compressed, which is told by content.</summary>
public enum RowFileFormat
{
    /// <summary>Numbers of one type behind big-endian sizes: the format of MNIST, whose numbers are unsigned bytes.</summary>
    Idx,

    /// <summary>A line of numbers a row, with or without a line of headings.</summary>
    Csv,

    /// <summary>NumPy's array file of any type of number, the first dimension being the rows.</summary>
    Npy,

    /// <summary>A folder with a picture a row, in subfolders too and in the order of their names, or a single picture: PNG, JPEG, WebP, BMP, GIF, PGM and PPM.</summary>
    Pictures,
}

/// <summary>How pictures become rows of one shape.</summary>
public sealed record PictureOptions
{
    /// <summary>What becomes of a picture of another size.</summary>
    public PictureResize Resize { get; init; }

    /// <summary>What shows through transparent pixels, and fills what a picture leaves free.</summary>
    public PictureBackground Background { get; init; }

    /// <summary>Whether colours become grey where grey is asked for (0.299 red + 0.587 green + 0.114 blue); if not, a picture with colours is a bad row.</summary>
    public bool ToGrey { get; init; }
}

/// <summary>What becomes of a picture of another size than asked for.</summary>
public enum PictureResize
{
    /// <summary>It is a bad row.</summary>
    None,

    /// <summary>It is resized to fill its place, whatever its aspect.</summary>
    Stretch,

    /// <summary>It is resized to fit into its place, its aspect kept, with the background around it.</summary>
    Fit,
}

/// <summary>What lies behind a picture.</summary>
public enum PictureBackground
{
    /// <summary>White.</summary>
    White,

    /// <summary>Black.</summary>
    Black,
}

/// <summary>What the metadata of a model say of how pictures were resized for its training.</summary>
internal static class PictureResizing
{
    /// <summary>The entry: <see cref="Stretch"/> or <see cref="Fit"/>.</summary>
    public const string MetadataKey = "onnxae.resize";

    /// <summary>To fill their place.</summary>
    public const string Stretch = "stretch";

    /// <summary>With their aspect kept.</summary>
    public const string Fit = "fit";

    /// <summary>How the pictures of a folder are read for a model: as its metadata say, or, where they say nothing, as they are.</summary>
    public static PictureOptions Read(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault(MetadataKey) switch
    {
        Stretch => new PictureOptions { Resize = PictureResize.Stretch, ToGrey = true },
        Fit => new PictureOptions { Resize = PictureResize.Fit, ToGrey = true },
        _ => new PictureOptions(),
    };
}

/// <summary>What the pixels of a file become.</summary>
public enum BytePixels
{
    /// <summary>Bytes stay bytes, which a model whose metadata names a range of pixels brings to it; numbers stay what they are.</summary>
    Keep,

    /// <summary>Bytes, or numbers from 0 to 255, are divided by 255.</summary>
    Unit,

    /// <summary>Bytes become the same numbers, 0 to 255.</summary>
    Raw,
}

/// <summary>What becomes of a row that can't be used: of the wrong width, with a value that is no finite number, a damaged picture.</summary>
public enum BadRowHandling
{
    /// <summary>Reading ends with an exception that names the row.</summary>
    Stop,

    /// <summary>The row is left out.</summary>
    Skip,

    /// <summary>The row is given with zeros for values, and marked as missing.</summary>
    Null,
}

/// <summary>A row that can't be used.</summary>
/// <param name="Row">Its number, counted from 1.</param>
/// <param name="Place">Where it is: a line, an offset or a file.</param>
/// <param name="Fault">What was found and what was expected.</param>
public readonly record struct BadRow(long Row, string Place, string Fault)
{
    /// <summary>As in <c>row 3 (line 4): found 2 values, expected 784</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"row {Row} ({Place}): {Fault}");
}
