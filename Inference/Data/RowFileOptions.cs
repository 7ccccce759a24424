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
