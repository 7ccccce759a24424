namespace OnnxAE.Inference;

/// <summary>What the header of an array file says.</summary>
/// <param name="Element">Type of the values.</param>
/// <param name="Rows">Size of the first dimension.</param>
/// <param name="RowShape">The other dimensions; empty for rows of a single value.</param>
/// <param name="Bytes">Length of the header.</param>
internal sealed record ArrayHeader(Type Element, long Rows, IReadOnlyList<int> RowShape, int Bytes)
{
    /// <summary>Values a row.</summary>
    public int RowSize => checked((int)Product(RowShape));

    /// <summary>Values a row, however large; -1 where even that is too many to count.</summary>
    public long ClaimedRowSize => Product(RowShape);

    private static long Product(IReadOnlyList<int> shape)
    {
        Int128 product = 1;
        foreach (int dimension in shape)
        {
            product *= dimension;
            if (product > long.MaxValue)
                return -1;
        }

        return (long)product;
    }
}
