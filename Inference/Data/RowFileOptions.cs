namespace OnnxAE.Inference;

/// <summary>How a file of rows is read.</summary>
public sealed record RowFileOptions
{
    /// <summary>
    /// The shape that a row must have, without the batch dimension, such as [784] or [1, 28, 28]: a file's own shape may
    /// differ as long as a row has as many values. No more is ever allocated for a row, whatever the file claims.
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

    internal int RowSize => RowShape.Aggregate(1, (size, dimension) => checked(size * dimension));
}

/// <summary>How rows lie in a file. Every one but a folder of pictures may also be gzip-compressed, which is told by content.</summary>
public enum RowFileFormat
{
    /// <summary>Unsigned bytes behind big-endian sizes: the format of MNIST.</summary>
    Idx,

    /// <summary>A line of numbers a row, with or without a line of headings.</summary>
    Csv,

    /// <summary>NumPy's array file: float32, float64 or uint8, the first dimension being the rows.</summary>
    Npy,

    /// <summary>A folder with a picture a row: PNG, JPEG, WebP, BMP, GIF and binary PGM, in the order of their names.</summary>
    Pictures,
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
